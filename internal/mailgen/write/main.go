// Command write fills a maildir with a made-up county's mail, for trying the
// mailbox by hand.
package main

import (
	"flag"
	"fmt"
	"os"

	"kompetansepilot/internal/mailgen"
)

func main() {
	dir := flag.String("dir", "", "folder of the maildir")
	n := flag.Int("n", 3000, "how many messages, about")
	seed := flag.Uint64("seed", 1, "the same seed gives the same mail")
	own := flag.String("own", "", "address of the mailbox")
	kb := flag.Int("kb", 40, "size of attached files in kB, on average")
	flag.Parse()
	if *dir == "" {
		flag.Usage()
		os.Exit(2)
	}
	written, err := mailgen.Maildir(*dir, mailgen.Options{Seed: *seed, N: *n, Own: *own, FileKB: *kb})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(written)
}
