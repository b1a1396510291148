// Package order sorts lists in memory by the columns that a person chose. What is not
// known comes last in either direction.
package order

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// By is one column to sort by.
type By struct {
	Column     string
	Descending bool
}

// Column compares two records by one column; sign is -1 where the list descends.
type Column[T any] func(a, b *T, sign int) int

// Number compares numbers; 0 is a number.
func Number[T any](of func(*T) int64) Column[T] {
	return func(a, b *T, sign int) int { return sign * cmp.Compare(of(a), of(b)) }
}

// Text compares texts as they are written, dates for example.
func Text[T any](of func(*T) string) Column[T] { return known(of, strings.Compare) }

// Name compares texts as Norwegian sorts them; rank is what Ranks gives for them.
func Name[T any](rank map[string]int, of func(*T) string) Column[T] {
	return known(of, func(a, b string) int { return rank[a] - rank[b] })
}

// Listed compares values by their places in a list.
func Listed[T any](all []string, of func(*T) string) Column[T] {
	return known(of, func(a, b string) int { return slices.Index(all, a) - slices.Index(all, b) })
}

func known[T any](of func(*T) string, compare func(a, b string) int) Column[T] {
	return func(a, b *T, sign int) int {
		x, y := of(a), of(b)
		switch {
		case (x == "") == (y == ""):
			return sign * compare(x, y)
		case x == "":
			return 1
		}
		return -1
	}
}

// Ranks are the places of some texts of records among each other, for Name.
func Ranks[T any](all []T, of ...func(*T) string) map[string]int {
	texts := map[string]bool{}
	for i := range all {
		for _, text := range of {
			texts[text(&all[i])] = true
		}
	}
	return data.SortRanks(slices.Collect(maps.Keys(texts)))
}

// Sort sorts records by columns, the first counting most, and by last where they are
// alike. An unknown column is an error.
func Sort[T any](all []T, by []By, columns map[string]Column[T], last func(a, b *T) int) error {
	for _, s := range by {
		if columns[s.Column] == nil {
			return fmt.Errorf("no column %q to sort by", s.Column)
		}
	}
	slices.SortFunc(all, func(a, b T) int {
		for _, s := range by {
			sign := 1
			if s.Descending {
				sign = -1
			}
			if c := columns[s.Column](&a, &b, sign); c != 0 {
				return c
			}
		}
		return last(&a, &b)
	})
	return nil
}
