package portal

import (
	"strconv"
	"strings"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// builder writes the fields of one application as a portal takes them.
type builder struct {
	portal *Portal
	call   *grant.Call
	draft  *data.Draft
	words  *lang.Printer // the program's
	norm   *lang.Printer // the application's
	reader grant.Reader
	names  map[string]string // of attachments in the portal, by id
}

// items are what is copied for a field: one, or one for each attachment.
func (b *builder) items(pl place) []Item {
	f := pl.field
	if f.Type == grant.TypeFile || f.Type == grant.TypeFiles {
		return b.fileItems(pl)
	}
	item := Item{Key: f.ID, Field: f.ID, Label: pl.label, Type: f.Type, Limit: pl.limit, Required: f.Required}
	item.Text, item.Grid = b.content(f)
	item.Length = b.portal.Length(b.call, item.Text)
	item.note = item.Text
	return []Item{item}
}

// content is a field's text for the portal, and its parts where the portal has
// several boxes for it.
func (b *builder) content(f *grant.Field) (string, *Grid) {
	answer := b.draft.Application.Answers[f.ID]
	switch f.Type {
	case grant.TypeText, grant.TypeMultiline:
		return b.plain(answer, f.Type == grant.TypeText), nil
	case grant.TypeMoney:
		if n, err := lang.ParseMoney(answer); err == nil && !grant.Blank(answer) {
			return strconv.FormatInt(n, 10), nil
		}
		return b.plain(answer, true), nil
	case grant.TypeBankAccount:
		return digits(b.plain(answer, true)), nil
	case grant.TypeOrganisation:
		o := grant.ParseOrganisation(answer)
		return b.boxes(b.words.T("portal.box.name"), o.Name, b.words.T("portal.box.orgNumber"), digits(o.OrgNumber))
	case grant.TypeContact:
		c := grant.ParseContact(answer)
		return b.boxes(b.words.T("portal.box.name"), c.Name, b.words.T("portal.box.role"), c.Role,
			b.words.T("portal.box.email"), c.Email, b.words.T("portal.box.phone"), c.Phone)
	case grant.TypeSchedule:
		from, to := grant.ParsePeriod(answer)
		return b.boxes(b.words.T("portal.box.from"), b.norm.DateShort(from), b.words.T("portal.box.to"), b.norm.DateShort(to))
	case grant.TypeYearTable:
		return b.plan(f)
	case grant.TypeTable:
		return b.numbered(b.tableLines(f, answer)), nil
	case grant.TypeMunicipalities:
		return b.numbered(strings.Split(b.reader.Text(b.draft, f), "\n")), nil
	}
	if lines := b.reader.Lines(b.draft, f); lines != nil {
		return b.numbered(lines), nil
	}
	return b.plain(b.reader.Text(b.draft, f), false), nil
}

func (b *builder) plain(text string, oneLine bool) string { return b.portal.Plain(text, oneLine) }

// boxes are labels and values that the portal has a box each for. The text is the
// values that are there, a line each.
func (b *builder) boxes(pairs ...string) (string, *Grid) {
	g := &Grid{}
	var lines []string
	for i := 0; i < len(pairs); i += 2 {
		value := b.plain(pairs[i+1], true)
		if value != "" {
			lines = append(lines, value)
		}
		g.Rows = append(g.Rows, GridRow{Label: pairs[i], Cells: []string{value}})
	}
	if lines == nil {
		return "", nil
	}
	return strings.Join(lines, b.portal.Text.LineBreak), g
}

// numbered are lines with numbers before them; one alone has none.
func (b *builder) numbered(lines []string) string {
	var all []string
	for _, line := range lines {
		if line = b.plain(line, true); line != "" {
			all = append(all, line)
		}
	}
	if len(all) > 1 {
		for i := range all {
			all[i] = strconv.Itoa(i+1) + ". " + all[i]
		}
	}
	return strings.Join(all, b.portal.Text.LineBreak)
}

// tableLines are the rows of the call's own table, amounts as plain digits.
func (b *builder) tableLines(f *grant.Field, answer string) []string {
	var lines []string
	for _, row := range grant.ParseTable(answer, len(f.Columns)) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.TrimSpace(cell)
			if i < len(f.Columns) && (f.Columns[i].Type == grant.TypeMoney || f.Columns[i].ID == "amount") {
				if n, err := lang.ParseMoney(cell); err == nil && cells[i] != "" {
					cells[i] = strconv.FormatInt(n, 10)
				}
			}
			cells[i] = b.norm.DateShort(cells[i])
		}
		lines = append(lines, lang.Joined(" · ", cells...))
	}
	return lines
}

// plan is a plan of the budget in the portal's form: rows that say something, in
// order, each with its amounts as plain digits.
func (b *builder) plan(f *grant.Field) (string, *Grid) {
	budget := grant.ComputeBudget(b.call, b.draft, nil, b.norm.Code())
	rows, sums, total := budget.Cost, budget.CostByYear, budget.TotalCost
	if f.Plan() == data.PlanFinancing {
		rows, sums, total = budget.Financing, budget.FinancingByYear, budget.TotalFinancing
	}
	g := &Grid{Columns: []string{b.words.T("portal.plan.row")}}
	for _, year := range budget.Years {
		g.Columns = append(g.Columns, strconv.Itoa(year))
	}
	g.Columns = append(g.Columns, b.words.T("portal.plan.sum"))
	var lines []string
	for _, line := range rows {
		if line.Sum == 0 && len(line.Row.Cells) == 0 {
			continue
		}
		row := GridRow{Label: b.portal.RowLabel(len(g.Rows)+1, b.plain(line.Label, true)), Named: true}
		for _, amount := range line.Amounts {
			row.Cells = append(row.Cells, strconv.FormatInt(amount, 10))
		}
		row.Sum = strconv.FormatInt(line.Sum, 10)
		g.Rows = append(g.Rows, row)
		lines = append(lines, row.Text())
	}
	if lines == nil {
		return "", nil
	}
	for _, sum := range append(sums, total) {
		g.Foot = append(g.Foot, strconv.FormatInt(sum, 10))
	}
	return strings.Join(lines, b.portal.Text.LineBreak), g
}

// Text is the row as tab-separated cells.
func (r *GridRow) Text() string { return strings.Join(append([]string{r.Label}, r.Cells...), "\t") }

// digits is a number without the spaces and points that people group it by, or
// the text itself when it is no number.
func digits(text string) string {
	bare := strings.NewReplacer(" ", "", ".", "").Replace(clean(text))
	if strings.Trim(bare, "0123456789") != "" {
		return text
	}
	return bare
}
