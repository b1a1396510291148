package order_test

import (
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/order"
)

type offer struct {
	name, level, start string
	price              int64
}

func TestSort(t *testing.T) {
	name := func(o *offer) string { return o.name }
	all := []offer{{"Åre", "high", "", 3}, {"Berg", "", "2027-02-01", 1}, {"", "low", "2027-01-01", 2}, {"Ålesund", "high", "2026-01-01", 3}}
	columns := map[string]order.Column[offer]{
		"name":  order.Name(order.Ranks(all, name), name),
		"level": order.Listed([]string{"low", "high"}, func(o *offer) string { return o.level }),
		"start": order.Text(func(o *offer) string { return o.start }),
		"price": order.Number(func(o *offer) int64 { return o.price }),
	}
	for _, c := range []struct {
		by   []order.By
		want string
	}{
		{nil, " Berg Ålesund Åre"},
		{[]order.By{{Column: "name"}}, "Berg Ålesund Åre "},
		{[]order.By{{Column: "name", Descending: true}}, "Åre Ålesund Berg "},
		{[]order.By{{Column: "level", Descending: true}}, "Ålesund Åre  Berg"},
		{[]order.By{{Column: "start"}}, "Ålesund  Berg Åre"},
		{[]order.By{{Column: "start", Descending: true}}, "Berg  Ålesund Åre"},
		{[]order.By{{Column: "price", Descending: true}, {Column: "start", Descending: true}}, "Ålesund Åre  Berg"},
	} {
		sorted := slices.Clone(all)
		if err := order.Sort(sorted, c.by, columns, func(a, b *offer) int { return strings.Compare(a.name, b.name) }); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, o := range sorted {
			names = append(names, o.name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("by %v: %q, want %q", c.by, got, c.want)
		}
	}
	if err := order.Sort(all, []order.By{{Column: "colour"}}, columns, func(a, b *offer) int { return 0 }); err == nil || all[0].name != "Åre" {
		t.Errorf("an unknown column: %v, %v", err, all)
	}
}
