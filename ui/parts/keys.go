package parts

// Letters that decide about what the program proposes, the same wherever it does.
const (
	KeyAccept = 'G' // godta
	KeyReject = 'A' // avvis
)
