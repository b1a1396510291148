package help

import (
	"reflect"
	"slices"
	"testing"

	"kompetansepilot/app/lang"
)

func load(t *testing.T, code string) []Topic {
	t.Helper()
	topics, err := Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return topics
}

func ids(topics []Topic) []string {
	var all []string
	for _, topic := range topics {
		all = append(all, topic.ID)
	}
	return all
}

func TestLanguagesHaveTheSameTopics(t *testing.T) {
	first := ids(load(t, lang.Codes[0]))
	if len(first) < 14 || !slices.Contains(first, "shortcuts") {
		t.Fatalf("topics are missing: %v", first)
	}
	for _, code := range lang.Codes[1:] {
		if got := ids(load(t, code)); !slices.Equal(got, first) {
			t.Errorf("%s has %v, %s has %v", code, got, lang.Codes[0], first)
		}
	}
}

// TestTopicsAreBuiltAlike: a translation has the same headings, lists and rows.
func TestTopicsAreBuiltAlike(t *testing.T) {
	shape := func(topic Topic) [][2]int {
		var all [][2]int
		for _, b := range topic.Blocks {
			all = append(all, [2]int{int(b.Kind), len(b.Rows)})
		}
		return all
	}
	first := load(t, lang.Codes[0])
	for _, code := range lang.Codes[1:] {
		for i, topic := range load(t, code) {
			if got, want := shape(topic), shape(first[i]); !reflect.DeepEqual(got, want) {
				t.Errorf("%s/%s is built as %v, %s as %v", code, topic.ID, got, lang.Codes[0], want)
			}
			if topic.Title == topic.ID || len(topic.Blocks) == 0 {
				t.Errorf("%s/%s has no title or no text", code, topic.ID)
			}
		}
	}
}

func TestParse(t *testing.T) {
	got := Parse([]byte("# Tittel\n\nEn **viktig** `kode` over\nto linjer.\n\n- a\n- *b* c\n\n1. en\n2. to\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\nmake run\n```\n"))
	want := []Block{
		{Kind: Heading, Text: []Run{{Text: "Tittel"}}},
		{Kind: Paragraph, Text: []Run{{Text: "En "}, {Text: "viktig", Bold: true}, {Text: " "}, {Text: "kode", Code: true}, {Text: " over to linjer."}}},
		{Kind: List, Rows: [][][]Run{{{{Text: "a"}}}, {{{Text: "b", Bold: true}, {Text: " c"}}}}},
		{Kind: Numbered, Rows: [][][]Run{{{{Text: "en"}}}, {{{Text: "to"}}}}},
		{Kind: Table, Rows: [][][]Run{{{{Text: "x"}}, {{Text: "y"}}}, {{{Text: "1"}}, {{Text: "2"}}}}},
		{Kind: Code, Text: []Run{{Text: "make run", Code: true}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestSearch(t *testing.T) {
	topics := []Topic{newTopic("a", []byte("# Økonomi\n\nTak og andel.")), newTopic("b", []byte("# Kopi\n\nHer står økonomi og mål."))}
	for query, want := range map[string][]string{
		"": {"a", "b"}, "okonomi": {"a", "b"}, "ØKONOMI maal": {"b"}, "kopi": {"b"}, "kart": nil, "andel tak": {"a"},
	} {
		if got := ids(Search(topics, query)); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
	inText := newTopic("c", []byte("# Annet\n\nKopi."))
	if got := ids(Search([]Topic{inText, topics[1]}, "kopi")); !slices.Equal(got, []string{"b", "c"}) {
		t.Errorf("titles do not come first: %v", got)
	}
}
