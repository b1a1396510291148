package imap

import (
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// roleOf is what a folder is for: as the server says, else by its name.
func roleOf(f *imap.ListData) Role {
	if strings.EqualFold(f.Mailbox, "INBOX") {
		return RoleInbox
	}
	for _, a := range f.Attrs {
		switch a {
		case imap.MailboxAttrSent:
			return RoleSent
		case imap.MailboxAttrDrafts:
			return RoleDrafts
		case imap.MailboxAttrTrash:
			return RoleTrash
		case imap.MailboxAttrJunk:
			return RoleJunk
		case imap.MailboxAttrArchive:
			return RoleArchive
		case imap.MailboxAttrAll:
			return RoleAll
		}
	}
	name := f.Mailbox
	if f.Delim != 0 {
		name = name[strings.LastIndex(name, string(f.Delim))+1:]
	}
	return roleOfName(name)
}

// roleOfName knows the names that mail programs give in Norwegian and English.
func roleOfName(name string) Role {
	name = strings.ToLower(name)
	for _, known := range []struct {
		role  Role
		names []string
	}{
		{RoleDrafts, []string{"drafts", "draft", "utkast", "kladd", "kladder", "kladdar"}},
		{RoleSent, []string{"sent", "sent items", "sent mail", "sent messages", "sendt", "sendte", "sendte elementer", "sendte element", "sendt e-post"}},
		{RoleTrash, []string{"trash", "deleted items", "deleted messages", "papirkurv", "papirkorg", "slettede elementer", "sletta element", "søppel"}},
		{RoleJunk, []string{"junk", "junk e-mail", "junk email", "spam", "søppelpost", "uønsket e-post"}},
		{RoleArchive, []string{"archive", "arkiv"}},
	} {
		if slices.Contains(known.names, name) {
			return known.role
		}
	}
	return ""
}

// rank is the order that folders are shown in.
func rank(r Role) int {
	i := slices.Index([]Role{RoleInbox, RoleSent, RoleDrafts, "", RoleArchive, RoleAll, RoleJunk, RoleTrash}, r)
	return i
}

// onlyOne leaves each role to one folder: the first that has it.
func onlyOne(folders []Folder) []Folder {
	taken := map[Role]bool{}
	for i := range folders {
		r := folders[i].Role
		if r != "" && taken[r] {
			folders[i].Role = ""
		}
		taken[r] = true
	}
	return folders
}
