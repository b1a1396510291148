package needs

import (
	"cmp"
	"slices"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

// sortOptions puts options in the order of their labels, as Norwegian has it.
func sortOptions(all []kit.Option) {
	labels := make([]string, len(all))
	for i := range all {
		labels[i] = all[i].Label
	}
	rank := data.SortRanks(labels)
	slices.SortStableFunc(all, func(a, b kit.Option) int {
		return cmp.Or(rank[a.Label]-rank[b.Label], cmp.Compare(a.ID, b.ID))
	})
}
