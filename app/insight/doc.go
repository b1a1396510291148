// Package insight tells what is asked for: the needs counted by subject,
// municipality, industry, size and half-year, which of them rise, and which have
// no offer. Every count knows the needs behind it.
//
// A count below five says something about single businesses. Inside the county
// it is shown as it is; what leaves the county goes through [Table.Public],
// which hides it, and hides one more number where the hidden one could be found
// by subtraction.
package insight
