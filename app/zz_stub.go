package app

import "kompetansepilot/app/document"

func (p *Program) PDF(id, version, lang string) ([]byte, []document.Replacement, error) { return nil, nil, nil }
