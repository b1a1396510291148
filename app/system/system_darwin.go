package system

func open(path string) error      { return start("open", path) }
func printFile(path string) error { return start("lpr", path) }
