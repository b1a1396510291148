#!/usr/bin/env bash
# Mail. Fetching a mailbox from a Dovecot of its own, over TLS, against mbsync with
# and without fsync (goals: at most 1.0 and 2.0 times its time), and once more with
# nothing new (at most 0.5 times). Then the store with 100 000 messages: the first
# page of the list (goal: under 16 ms), a thread of 200 (under 50 ms), searching
# against "notmuch search" (p95 at most 1.0 times), and what the last messages cost to
# add against the first.
#
# MAIL_FETCH says how many messages are fetched; 20 000 are about 1.4 GB. Then a tenth as
# many once more with 30 ms added to each round trip (goal: at most 1.0 times mbsync).
set -euo pipefail
cd "$(dirname "$0")/../.."

fetch=${MAIL_FETCH:-20000} store=${MAIL_STORE:-100000}
report() { awk '{ print } { for (i = 2; i <= NF; i++) if ($i ~ /^(x-|ratio-)/) printf "ratio mail %s: %s\n", $i, $(i - 1) }'; }

MAIL=$fetch go test -tags sqlite_fts5 -run '^$' -bench '^BenchmarkAgainstMbsync$' -benchtime 1x -timeout 60m ./app/mail/sync | report
TRIP=30ms MAIL=$((fetch / 10)) go test -tags sqlite_fts5 -run '^$' -bench '^BenchmarkAgainstMbsync$' -benchtime 1x -timeout 60m ./app/mail/sync | report | sed 's/ratio mail x-/ratio mail 30ms-x-/'
MAIL=$store go test -tags sqlite_fts5 -run '^$' -bench '^BenchmarkStore$' -benchtime 1x -timeout 60m ./data/post | report
