// Package companies shows the company register: the page where its bulk file is
// loaded, the dialog that finds a unit, and the one that compares records with
// the register.
package companies
