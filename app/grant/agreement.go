package grant

import (
	"strings"

	"kompetansepilot/data"
)

// agreementSigned: an agreement of the application that somebody has not
// signed. A sibling scheme rejected applications whose co-operation agreement
// lacked a signature (domain.md 4.6, S98), so it is advice unless the call's
// rule says more. Each finding is about the partner that has not signed, where
// there is one.
func (c *checker) agreementSigned() {
	for i := range c.Agreements {
		a := &c.Agreements[i]
		name := c.agreementName(&a.Agreement)
		if len(a.Parties) == 0 {
			c.addTo(c.rule.Field, c.severity(), "nobody", "Agreement", name)
			continue
		}
		missing := a.Missing()
		if len(missing) == 0 {
			continue
		}
		var who []string
		row := ""
		for _, s := range missing {
			who = append(who, s.Who())
			if row == "" {
				row = c.partnerOf(&s)
			}
		}
		c.addRow(row, "Agreement", name, "Who", strings.Join(who, ", "))
	}
}

// agreementName is an agreement in a sentence: its name, or else its kind.
func (c *checker) agreementName(a *data.Agreement) string {
	switch {
	case !Blank(a.Name):
		return c.Words.T("agreement.named", "Name", a.Name)
	case a.AgreementOf == data.AgreementSupport:
		return c.Words.T("agreement.the.support")
	case a.AgreementOf == data.AgreementIntent:
		return c.Words.T("agreement.the.intent")
	}
	return c.Words.T("agreement.the.cooperation")
}

// partnerOf is the partner of the application that a signature is for, or "".
func (c *checker) partnerOf(s *data.Signature) string {
	for _, p := range c.Draft.Partners {
		if s.Organisation != "" && p.Organisation == s.Organisation || !Blank(p.Name) && strings.EqualFold(strings.TrimSpace(p.Name), strings.TrimSpace(s.Party)) {
			return p.ID
		}
	}
	return ""
}

// agreementsByApplication are the live agreements of all applications.
func agreementsByApplication(w *data.Workspace) (map[string][]data.Signed, error) {
	var all []data.Signed
	err := w.Read(func(r data.Reader) (err error) {
		all, err = data.Agreements(r, "application <> ''")
		return err
	})
	by := map[string][]data.Signed{}
	for _, a := range all {
		by[a.Application] = append(by[a.Application], a)
	}
	return by, err
}
