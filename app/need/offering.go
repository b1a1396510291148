package need

import (
	"strconv"
	"strings"

	"kompetansepilot/data"
)

// levelOf and formOf turn the words of the register into those of matching.
func levelOf(level string) string {
	switch level {
	case "course":
		return LevelCourse
	case "vocational":
		return LevelFagskole
	}
	return level
}

func formOf(form string) string {
	switch form {
	case "net":
		return FormOnline
	case "net_gatherings":
		return FormBlended
	case "gatherings":
		return FormGather
	case "on_site":
		return FormOnSite
	}
	return form
}

// ofOffering is an offering of the register as matching sees it.
func ofOffering(o *data.Offering) Offer {
	place := o.Municipality
	if place == "" {
		place = o.Place
	}
	offer := Offer{ID: o.ID, Title: o.Title, Description: o.Description, ProviderKind: o.ProviderKind, Level: levelOf(o.Level),
		Credits: o.Credits, Form: formOf(o.Form), Place: place, Language: o.Language, Least: o.Least, Most: o.Capacity, Price: o.Price}
	for _, month := range strings.Split(o.Months, ";") {
		if n, err := strconv.Atoi(month); err == nil && n >= 1 && n <= 12 {
			offer.Months = append(offer.Months, n)
		}
	}
	return offer
}

// Offers are the offerings of the register, by id.
func (s *Service) Offers() ([]Offer, error) {
	all, err := data.Live[data.Offering](s.store, "", "id")
	if err != nil {
		return nil, err
	}
	offers := make([]Offer, len(all))
	for i := range all {
		offers[i] = ofOffering(&all[i])
	}
	return offers, nil
}
