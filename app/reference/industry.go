package reference

// IndustryName is the name of a division of the industry code, two digits, as
// Statistics Norway names it in SN2025, or in SN2007 where only that has it. It is
// in bokmål, the only norm that the register gives. The two standards mean nearly
// the same by a division.
func (t *Tables) IndustryName(division string) (name string, ok bool) {
	name, ok = t.industries()[division]
	return name, ok
}

func parseIndustries() map[string]string {
	names := map[string]string{}
	for _, r := range readTable("industries.csv") {
		names[r.text("division")] = r.text("name")
	}
	return names
}
