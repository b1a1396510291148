// Package need is what businesses say they lack, and what can be done about it:
// it reads a need as a person wrote it, in bokmål or nynorsk, finds the offers
// that fit and says why, and groups needs into possible participant groups.
//
// A text is folded and cut into words ([Terms.read]); compounds are split by the
// words of the term table. The term table (assets/terms) knows concepts: what
// can be learnt, the words that name it, and the situations in which people need
// it. A need and an offer meet in concepts, and a little in character n-grams.
// Level, form, months, reach and places are kept apart from that score: they
// block, and the answer says what would have to change.
//
// Nothing here is random and nothing depends on the order of a map: the same
// records give the same answer on every machine.
package need
