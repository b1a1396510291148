package command

import "testing"

func TestSearchCommand(t *testing.T) {
	l := newLine(t)
	l.run(exitOK, "", "demo")
	var hits []map[string]any
	l.ask(exitOK, &hits, "search", "landets", "største", "skogfylke")
	if len(hits) == 0 {
		t.Fatal("no hits")
	}
	l.names("a hit", hits[0], "kind", "id", "title", "where", "snippet", "field")
	if hits[0]["kind"] != "text" || hits[0]["title"] != "Bakgrunn" || hits[0]["field"] != "background" {
		t.Errorf("the first is %v", hits[0])
	}
	l.ask(exitOK, &hits, "search", "skogskoeln")
	if hits[0]["kind"] != "provider" || hits[0]["title"] != "Skogskolen Granheim" {
		t.Errorf("the first is %v", hits[0])
	}
	l.ask(exitOK, &hits, "search", "qwxzqwxz")
	if hits == nil || len(hits) != 0 {
		t.Errorf("no hits are %v", hits)
	}
	l.run(exitUsage, "", "search")
}
