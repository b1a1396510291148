package grant

import (
	"maps"
	"strconv"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// RuleCells is the rule of findings about plan cells that are no numbers. No
// call asks for it.
const RuleCells = "cells"

// SetCellText stores what a person typed for a year. A text that is no whole
// number is kept as it is, so that nothing typed is lost, and counts as nothing:
// see CellText.
func SetCellText(row *data.BudgetRow, year int, text string) {
	text = strings.TrimSpace(text)
	if n, err := lang.ParseMoney(text); err == nil {
		row.SetCell(year, n)
		return
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		text += " " // too large for an amount: it must not be read as one
	}
	cells := maps.Clone(row.Cells)
	if cells == nil {
		cells = data.Values{}
	}
	cells[strconv.Itoa(year)] = text
	row.Cells = cells
}

// CellText is what stands for a year, "" for nothing; ok is false for a text
// that is no whole number and counts as nothing.
func CellText(row *data.BudgetRow, year int) (text string, ok bool) {
	text = row.Cells[strconv.Itoa(year)]
	if text == "" {
		return "", true
	}
	_, err := strconv.ParseInt(text, 10, 64)
	return text, err == nil
}

// BadCells counts the texts of a plan that are no whole numbers.
func BadCells(rows []data.BudgetRow, years []int) int {
	count := 0
	for i := range rows {
		for _, year := range years {
			if _, ok := CellText(&rows[i], year); !ok {
				count++
			}
		}
	}
	return count
}

// badCells stop the application: nobody means to hand in a plan where a number
// is missing because it could not be read.
func badCells(in *Input) []Finding {
	var all []Finding
	for _, f := range in.Call.FieldsOf(TypeYearTable) {
		if n := BadCells(*plan(in.Draft, f), in.Call.Years()); n > 0 {
			all = append(all, Finding{Severity: Stop, Rule: RuleCells, Field: f.ID,
				Message: in.Words.N("budget.cells.bad", n, "Field", f.Label.In(in.Words.Code())), Remedy: in.Words.T("budget.cells.remedy")})
		}
	}
	return all
}
