package signin

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// personOf reads who a token belongs to, when it is one that can be read. It is
// only for telling people; nothing is decided by it.
func personOf(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return ""
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return ""
	}
	var claims struct {
		UPN       string `json:"upn"`
		Preferred string `json:"preferred_username"`
		Unique    string `json:"unique_name"`
		Email     string `json:"email"`
	}
	if json.Unmarshal(raw, &claims) != nil {
		return ""
	}
	for _, name := range []string{claims.UPN, claims.Preferred, claims.Email, claims.Unique} {
		if strings.Contains(name, "@") && len(name) < 200 && !strings.ContainsAny(name, "\r\n<>") {
			return strings.ToLower(name)
		}
	}
	return ""
}
