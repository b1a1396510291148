// Package course follows a group from the request to the providers, over their
// replies, to a course with counts of those who took part. Nobody needs to be
// named for that. Its methods know no screen and no words but those of a printer
// they are handed.
package course

import (
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Service works on the requests and courses of a workspace. Its methods may be
// called from any goroutine but Fyne's.
type Service struct {
	store  *data.Workspace
	places *reference.Tables
}

// NewService makes the service of a workspace.
func NewService(store *data.Workspace, places *reference.Tables) *Service {
	return &Service{store, places}
}
