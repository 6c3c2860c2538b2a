package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// terminal is the file behind a writer when it is a terminal that understands
// control sequences, else nil.
func terminal(w io.Writer) *os.File {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return f
}

// painter colours text, or not.
type painter bool

// painterFor colours on terminals only, and not when the user has set NO_COLOR
// (https://no-color.org).
func painterFor(w io.Writer) painter {
	return painter(terminal(w) != nil && os.Getenv("NO_COLOR") == "")
}

func (p painter) style(code, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p painter) bold(text string) string   { return p.style("1", text) }
func (p painter) dim(text string) string    { return p.style("2", text) }
func (p painter) red(text string) string    { return p.style("31", text) }
func (p painter) green(text string) string  { return p.style("32", text) }
func (p painter) yellow(text string) string { return p.style("33", text) }
func (p painter) cyan(text string) string   { return p.style("36", text) }
