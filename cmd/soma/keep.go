package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"soma/record"
)

// keep stores a result and tells where. If that fails, mostly because a disk is full,
// the user is asked for another place; else it goes to the folder for temporary files;
// and if that has no room either, what has room is stored beside the place it was meant
// for. The error says what is where.
func (f *runFlags) keep(cmd *cobra.Command, result *record.Result) (dir string, err error) {
	dir = f.out.text
	for ask := asking(cmd); dir != ""; dir = ask(dir, err) {
		if err = record.Write(dir, result, f.formats.chosen...); err == nil {
			return dir, nil
		}
	}
	dir, failed := f.spare(result)
	if failed == nil {
		return dir, fmt.Errorf("%w; the result is in %s instead", unwritten(err), dir)
	}
	if full := (*record.WriteError)(nil); !errors.As(failed, &full) {
		return "", err // the result itself is at fault
	}
	rest := filepath.Clean(f.out.text) + "-incomplete"
	if failed := record.WriteRest(rest, result, f.formats.chosen...); failed != nil {
		return "", fmt.Errorf("%w; nothing could be written, neither in %s nor in %s: make room, and simulate again", unwritten(err), os.TempDir(), rest)
	}
	return rest, fmt.Errorf("%w; neither has %s room: %s holds all but %s; make room, and simulate again for it",
		unwritten(err), os.TempDir(), rest, strings.Join(result.Run.Missing, ", "))
}

// spare stores a result in the folder for temporary files.
func (f *runFlags) spare(result *record.Result) (dir string, err error) {
	if dir, err = os.MkdirTemp("", filepath.Base(f.out.text)+"-*"); err != nil {
		return "", &record.WriteError{Dir: os.TempDir(), Err: err}
	}
	if err := record.Write(dir, result, f.formats.chosen...); err != nil {
		return "", errors.Join(err, os.Remove(dir))
	}
	return dir, nil
}

// unwritten is an error of writing without what to do about it.
func unwritten(err error) error {
	var full *record.WriteError
	if errors.As(err, &full) {
		return fmt.Errorf("%s: %w", filepath.Join(full.Dir, filepath.FromSlash(full.File)), full.Err)
	}
	return err
}

// asking asks a user at a terminal where else to write: the answer is a directory, or
// "" when there is none.
func asking(cmd *cobra.Command) func(dir string, problem error) string {
	in, ok := cmd.InOrStdin().(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) || terminal(cmd.ErrOrStderr()) == nil {
		return func(string, error) string { return "" }
	}
	return elsewhere(in, cmd.ErrOrStderr())
}

// elsewhere shows what is wrong with a directory and reads another one. An empty line
// stands for the same again.
func elsewhere(in io.Reader, out io.Writer) func(dir string, problem error) string {
	lines := bufio.NewReader(in)
	return func(dir string, problem error) string {
		fmt.Fprintf(out, "%v\nnothing is lost yet: write to which directory (Enter: the same again; Ctrl-D: give up)? ", problem)
		answer, err := lines.ReadString('\n')
		if answer = strings.TrimSpace(answer); answer == "" && err == nil {
			return dir
		}
		return answer
	}
}
