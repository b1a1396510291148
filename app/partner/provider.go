package partner

import (
	"slices"
	"strings"

	"kompetansepilot/data"
)

// Kinds of provider.
const (
	ProviderUniversity        = "university"
	ProviderScientificCollege = "scientific_college"
	ProviderUniversityCollege = "university_college"
	ProviderVocationalCollege = "vocational_college"
	ProviderStudyAssociation  = "study_association"
	ProviderStudyCentre       = "study_centre"
	ProviderUpperSecondary    = "upper_secondary"
	ProviderTrainingOffice    = "training_office"
	ProviderBusinessGarden    = "business_garden"
	ProviderCareerCentre      = "career_centre"
	ProviderPrivate           = "private"
)

// ProviderKinds are the kinds of provider.
func ProviderKinds() []string {
	return []string{ProviderUniversity, ProviderScientificCollege, ProviderUniversityCollege, ProviderVocationalCollege, ProviderStudyAssociation,
		ProviderStudyCentre, ProviderUpperSecondary, ProviderTrainingOffice, ProviderBusinessGarden, ProviderCareerCentre, ProviderPrivate}
}

// parseProviderKind reads a kind as files and people word it; a word that is
// not known stays as it is.
func parseProviderKind(text string) string {
	return spelled(text, map[string]string{
		"fagskole": ProviderVocationalCollege, "fagskule": ProviderVocationalCollege, "universitet": ProviderUniversity,
		"høgskole": ProviderUniversityCollege, "høyskole": ProviderUniversityCollege, "høgskule": ProviderUniversityCollege,
		"vitenskapelig høgskole": ProviderScientificCollege, "studieforbund": ProviderStudyAssociation, "studiesenter": ProviderStudyCentre,
		"videregående skole": ProviderUpperSecondary, "vidaregåande skule": ProviderUpperSecondary, "opplæringskontor": ProviderTrainingOffice,
		"næringshage": ProviderBusinessGarden, "karrieresenter": ProviderCareerCentre, "privat": ProviderPrivate,
	})
}

// spelled is the code for a text, by its folded spelling.
func spelled(text string, codes map[string]string) string {
	text = strings.Join(strings.Fields(text), " ")
	for word, code := range codes {
		if data.Fold(word) == data.Fold(text) {
			return code
		}
	}
	return text
}

// Campuses are the places where a provider teaches.
func (r *Register) Campuses(organisation string) ([]data.Campus, error) {
	return data.Live[data.Campus](r.store, "organisation = ?", "position, name, id", organisation)
}

// SaveCampus stores a place where a provider teaches; a new one gets an id.
func (r *Register) SaveCampus(label string, c data.Campus) (string, error) {
	err := r.store.Update(label, func(tx *data.Tx) error { return tx.Put(&c) })
	return c.ID, err
}

// DeleteCampus moves one to the trash.
func (r *Register) DeleteCampus(label, id string) error {
	return r.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Campus{Row: data.Row{ID: id}}) })
}

// Enquiry statuses.
const (
	EnquiryDraft    = "draft"    // not sent yet
	EnquirySent     = "sent"     // waits for an answer
	EnquiryYes      = "yes"      // they can
	EnquiryNo       = "no"       // they cannot
	EnquiryNoAnswer = "noAnswer" // given up
	EnquiryChosen   = "chosen"   // their reply to a request was chosen
	EnquiryDeclined = "declined" // another reply was chosen
)

// EnquiryStatuses are the statuses of an enquiry, in their order.
func EnquiryStatuses() []string {
	return []string{EnquiryDraft, EnquirySent, EnquiryYes, EnquiryNo, EnquiryNoAnswer, EnquiryChosen, EnquiryDeclined}
}

// Enquiries are the enquiries to a provider, or about an offering; "" for any.
// Those that wait come first, then the newest.
func (r *Register) Enquiries(organisation, offering string) ([]data.Enquiry, error) {
	const order = "CASE status WHEN 'draft' THEN 0 WHEN '' THEN 0 WHEN 'sent' THEN 1 ELSE 2 END, date DESC, id DESC"
	return data.Live[data.Enquiry](r.store, "(? = '' OR organisation = ?) AND (? = '' OR offering = ?)", order, organisation, organisation, offering, offering)
}

// FindProviders finds providers of the register by the beginnings of the words
// in text, best first.
func FindProviders(store *data.Workspace, text string, limit int) ([]data.Organisation, error) {
	// Others may match as well, so more are asked for than wanted.
	all, err := store.MatchOrganisations(text, limit*20)
	all = slices.DeleteFunc(all, func(o data.Organisation) bool { return o.OrganisationOf != data.OrganisationProvider })
	return all[:min(len(all), limit)], err
}
