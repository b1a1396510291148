package data

import (
	"os"
	"path/filepath"
	"strings"
)

// CheckPlace refuses a path where SQLite can't keep its promises: a network
// share (its locks and write-ahead log do not work there) or a folder that a
// cloud service copies while the program writes. The error has CodeNetworkPath
// or CodeCloudPath.
func CheckPlace(path string) error {
	if strings.HasPrefix(path, `\\`) || strings.HasPrefix(path, "//") {
		return networkError(path)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if service := cloudFolder(abs); service != "" {
		return newError(CodeCloudPath, "{{.Path}} ligger i en mappe som {{.Service}} synkroniserer. Da kan arbeidsfilen bli skadet. Ingenting er opprettet eller endret. Velg en mappe på din egen disk; sikkerhetskopiene kan gjerne ligge i {{.Service}}.", nil, "Path", abs, "Service", service)
	}
	// The folder may not exist yet; its nearest parent tells what disk it will be on.
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil {
			if onNetwork(dir) {
				return networkError(abs)
			}
			return nil
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

func networkError(path string) error {
	return newError(CodeNetworkPath, "{{.Path}} ligger på en nettverksdisk. Der kan arbeidsfilen bli skadet. Ingenting er opprettet eller endret. Velg en mappe på din egen disk, og ta sikkerhetskopi til nettverksdisken.", nil, "Path", path)
}

// cloudFolder is the service that copies the folder, or "".
func cloudFolder(path string) string {
	for _, name := range []string{"OneDrive", "OneDriveCommercial", "OneDriveConsumer"} {
		if root := os.Getenv(name); root != "" && inside(path, root) {
			return "OneDrive"
		}
	}
	for _, part := range strings.FieldsFunc(filepath.Dir(path), func(r rune) bool { return r == '/' || r == '\\' }) {
		lower := strings.ToLower(part)
		switch {
		case lower == "onedrive" || strings.HasPrefix(lower, "onedrive - ") || strings.HasPrefix(lower, "onedrive-"):
			return "OneDrive"
		case lower == "sharepoint" || strings.HasPrefix(lower, "sharepoint - ") || strings.Contains(lower, " - sharepoint"):
			return "SharePoint"
		case lower == "dropbox" || strings.HasPrefix(lower, "dropbox ("):
			return "Dropbox"
		case lower == "google drive" || lower == "google disk":
			return "Google Disk"
		case lower == "icloud drive" || lower == "mobile documents" || lower == "com~apple~clouddocs":
			return "iCloud"
		case lower == "cloudstorage":
			return "en skytjeneste"
		}
	}
	return ""
}

func inside(path, root string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
