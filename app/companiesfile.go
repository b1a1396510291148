package app

import (
	"path/filepath"

	"kompetansepilot/app/companies"
)

// CompaniesFile is where the loaded part of the company register lies: on this
// machine, beside its settings, for all its workspaces.
func CompaniesFile() string { return filepath.Join(ConfigFolder(), companies.FileName) }
