// Package companies knows what the Central Coordinating Register for Legal
// Entities (Enhetsregisteret) tells of businesses.
//
// It reads the register in two ways: a [Store] is loaded once from the bulk file
// and answers without a network, and a [Client] asks the register's own service.
// Both give a [Unit]. [Compare] says what a unit means for an organisation of the
// workspace, field by field, and [Refresh] takes it over through the one write
// path.
//
// The store is a cache: a file of its own beside the program's settings, never in
// the workspace, and made again from the bulk file at any time. Inneholder data
// under norsk lisens for offentlige data (NLOD) tilgjengeliggjort av
// Brønnøysundregistrene.
package companies
