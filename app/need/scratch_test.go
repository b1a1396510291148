package need
import ("testing";"fmt";"sort")
func TestDist(t *testing.T){
 for _,d:=range []string{"testdata/matching","testdata/fresh"} { l:=load(t,d); var some,none []float64; 
 for i:=range l.needs { n:=&l.needs[i]; if heldOut(n.ID){continue}; r:=l.matcher.rank(n); s:=0.0; if len(r)>0 {s=r[0].Score}; if len(l.grades[n.ID])==0 {none=append(none,s); p:=l.matcher.read(n).profile; if len(p)>4 {p=p[:4]}; out:=""; for _,m:=range p {out+=fmt.Sprintf(" %s %.2f%v", l.matcher.terms.concepts[m.Concept].ID,m.Strength,m.Words)}; if len(r)>0 {t.Log(n.ID,s,r[0].Offer,n.Text,out)}} else {some=append(some,s)} }
 sort.Float64s(some); sort.Float64s(none); t.Logf("none %v\nsome %v",none,some)}
}
