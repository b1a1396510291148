package reference

// ValidOrgNumber tells whether a text is an organisation number with the right
// check digit: nine digits, weights 3 2 7 6 5 4 3 2, modulo 11. Spaces between
// the digits are allowed. It does not tell whether the number is in use.
func ValidOrgNumber(text string) bool {
	weights := [8]int{3, 2, 7, 6, 5, 4, 3, 2}
	n, sum, control := 0, 0, 0
	for _, r := range text {
		switch {
		case r == ' ' || r == '\u00a0' || r == '\u202f':
			continue
		case r < '0' || r > '9' || n == 9:
			return false
		case n < 8:
			sum += weights[n] * int(r-'0')
		default:
			control = int(r - '0')
		}
		n++
	}
	// A remainder of 1 would need the check digit 10: no such number is given out.
	return n == 9 && control == (11-sum%11)%11
}
