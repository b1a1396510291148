package need

import "testing"

func TestZZ(t *testing.T) {
	for _, name := range []string{"unseen", "spoken", "blind", "fresh", "matching"} {
		l := load(t, "testdata/"+name)
		for i := range l.needs {
			l.explain(t, &l.needs[i])
		}
	}
}
