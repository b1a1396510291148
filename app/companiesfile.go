package app

import (
	"os"
	"path/filepath"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/reference"
)

// RegisterVariable names another service of the company register than the real
// one, for tests.
const RegisterVariable = "KOMPETANSEPILOT_REGISTER"

// SettingOnline is whether the company register may be asked over the network:
// "" is yes, "off" is no.
const SettingOnline = "companiesOnline"

// Online tells whether the company register may be asked over the network.
func (p *Program) Online() bool { return p.Setting(SettingOnline) != "off" }

func newDesk(places *reference.Tables) *companies.Desk {
	return companies.NewDesk(companies.NewStore(CompaniesFile(), places), places, companies.ClientOptions{Address: os.Getenv(RegisterVariable)})
}

// CompaniesFile is where the loaded part of the company register lies: on this
// machine, beside its settings, for all its workspaces.
func CompaniesFile() string { return filepath.Join(ConfigFolder(), companies.FileName) }
