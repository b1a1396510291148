// Package grant knows calls and applications: fields and their limits, the
// budget, the target group, and the rules that give findings.
//
// A call (utlysning) is data, not code: a JSON file names the sections, fields,
// limits, ceilings and rules, each with the source it was read in. Rules are
// pure functions of a call and a draft, so that the window, the command line
// and the tests get the same answer.
package grant
