package grant

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Contact is a person in a contact field.
type Contact struct {
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// ParseContact reads a contact field: JSON, or lines with name, role, e-mail
// and phone.
func ParseContact(answer string) Contact {
	var c Contact
	if strings.HasPrefix(strings.TrimSpace(answer), "{") && json.Unmarshal([]byte(answer), &c) == nil {
		return c
	}
	for i, line := range strings.Split(strings.TrimSpace(answer), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case i == 0:
			c.Name = line
		case strings.Contains(line, "@"):
			c.Email = line
		case strings.ContainsAny(line, "0123456789") && c.Phone == "":
			c.Phone = line
		case c.Role == "":
			c.Role = line
		}
	}
	return c
}

// String is the answer text of the contact; "" when nothing is filled in.
func (c Contact) String() string { return compact(c, c == Contact{}) }

// Organisation is an organisation in an organisation field.
type Organisation struct {
	Name      string `json:"name"`
	OrgNumber string `json:"orgnr,omitempty"`
}

// ParseOrganisation reads an organisation field: JSON, or lines with name and
// organisation number.
func ParseOrganisation(answer string) Organisation {
	var o Organisation
	if strings.HasPrefix(strings.TrimSpace(answer), "{") && json.Unmarshal([]byte(answer), &o) == nil {
		return o
	}
	for _, line := range strings.Split(answer, "\n") {
		line = strings.TrimSpace(line)
		digits := strings.ReplaceAll(line, " ", "")
		if len(digits) == 9 && strings.Trim(digits, "0123456789") == "" {
			o.OrgNumber = digits
		} else if o.Name == "" {
			o.Name = line
		}
	}
	return o
}

// String is the answer text of the organisation; "" when nothing is filled in.
func (o Organisation) String() string { return compact(o, o == Organisation{}) }

func compact(v any, empty bool) string {
	if empty {
		return ""
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}

// ParsePeriod reads a schedule field, "2020-11-01/2023-10-31". Either date may
// be missing or wrong; then it is "".
func ParsePeriod(answer string) (from, to string) {
	from, to, _ = strings.Cut(strings.TrimSpace(answer), "/")
	return validDate(from), validDate(to)
}

// FormatPeriod is the answer text of a schedule field.
func FormatPeriod(from, to string) string {
	if from == "" && to == "" {
		return ""
	}
	return from + "/" + to
}

func validDate(s string) string {
	s = strings.TrimSpace(s)
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

// ParseChoices reads a field of several choices, "a,c": sorted, each once.
func ParseChoices(answer string) []string {
	all := strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '\n' || r == '\t' })
	slices.Sort(all)
	return slices.Compact(all)
}

// FormatChoices is the answer text of a field of several choices.
func FormatChoices(ids []string) string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), ",")
}

// ParseTable reads a table field: lines of tab-separated cells, as Excel copies
// them. Every row gets as many cells as there are columns.
func ParseTable(answer string, columns int) [][]string {
	var rows [][]string
	for _, line := range strings.Split(strings.ReplaceAll(answer, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		for len(cells) < columns {
			cells = append(cells, "")
		}
		rows = append(rows, cells)
	}
	return rows
}

// FormatTable is the answer text of a table field.
func FormatTable(rows [][]string) string {
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", "")
	var b strings.Builder
	for _, row := range rows {
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(clean.Replace(cell))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
