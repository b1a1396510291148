// Bulkfile writes a bulk file of the company register to standard output, with
// real shapes and made-up units, for scripts that measure.
package main

import (
	"flag"
	"fmt"
	"os"

	"kompetansepilot/app/companies/companiestest"
)

func main() {
	var b companiestest.Bulk
	flag.IntVar(&b.Units, "units", 1000, "how many units")
	flag.Uint64Var(&b.Seed, "seed", 1, "what the file is made from")
	flag.BoolVar(&b.CSV, "csv", false, "CSV, not JSON")
	flag.BoolVar(&b.Gzip, "gzip", false, "pack it")
	flag.BoolVar(&b.Sub, "sub", false, "sub-units, not main units")
	flag.Parse()
	if err := b.Write(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
