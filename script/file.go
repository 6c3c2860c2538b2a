package script

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
	"soma/internal/suggest"
)

// maxSource is the size of a file, in bytes, beyond which it is not a model.
const maxSource = 1 << 20

var dialect = &syntax.FileOptions{
	Set: true, While: true, TopLevelControl: true, GlobalReassign: true, Recursion: true,
}

// file is one file of a model.
type file struct {
	path    string // as in positions
	name    string // as in load; "" for the model file
	source  []byte
	syntax  *syntax.File
	index   index
	globals starlark.StringDict // when it was executed; what could be
	done    bool
}

// byteOrderMark is what some editors begin a file with.
var byteOrderMark = []byte("\ufeff")

// parse parses a file. name is "" for the model file itself, and else a path
// below its folder.
func (s *session) parse(path, name string, source []byte) *file {
	f := &file{path: path, name: name, source: source}
	s.files[path] = f
	s.order = append(s.order, f)
	tree, err := dialect.Parse(path, bytes.TrimPrefix(source, byteOrderMark), 0)
	if err != nil {
		s.reportSyntax(f, err)
		return f
	}
	rewrite(tree)
	f.syntax, f.index = tree, makeIndex(tree)
	return f
}

// source reads a regular file; those to load only below the model's folder,
// links included.
func (s *session) source(path, name string) ([]byte, error) {
	var in *os.File
	var err error
	switch {
	case name == "":
		in, err = os.Open(path)
	case s.folder == nil:
		return nil, os.ErrNotExist
	default:
		if info, err := s.folder.Stat(name); err != nil {
			return nil, err
		} else if !info.Mode().IsRegular() {
			return nil, errors.New("it is not a regular file")
		}
		in, err = s.folder.Open(name)
	}
	if err != nil {
		return nil, err
	}
	defer in.Close()
	source, err := io.ReadAll(io.LimitReader(in, maxSource+1))
	if err == nil && len(source) > maxSource {
		return nil, fmt.Errorf("it has more than %d bytes", maxSource)
	}
	return source, err
}

func fileProblem(path string, err error) string {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Sprintf("cannot read %s: %v", path, err)
}

// executeFile resolves and executes a file. After an error it has the global
// variables that were set before.
func (s *session) executeFile(f *file) {
	if f.syntax == nil {
		s.ended = true
		return
	}
	s.loading = append(s.loading, f.path)
	defer func() { s.loading = s.loading[:len(s.loading)-1] }()

	// Names that nothing defines are taken as predeclared, too, and reported then.
	program, err := starlark.FileProgram(f.syntax, func(name string) bool {
		return s.predeclared.Has(name) || !starlark.Universe.Has(name)
	})
	if err != nil {
		s.reportResolve(f, err)
		s.ended = true
		return
	}
	predeclared := s.reportUnknownNames(f)
	f.globals, err = program.Init(s.thread, predeclared)
	f.done = true
	if err != nil {
		s.reportEvaluation(err)
		s.ended = true
	}
	s.freeze(f)
}

// freeze makes the values of a file immutable, so that functions can be called
// from several goroutines. Values that nest without end would exhaust the stack.
func (s *session) freeze(f *file) {
	names := f.globals.Keys()
	for _, name := range names {
		if !modest(f.globals[name]) {
			if s.ended {
				return // nothing of it is used
			}
			s.report(soma.Error{Pos: soma.Position{File: f.path}, Object: name, Problem: "its value is nested too deeply, or too large", Remedy: "build a smaller one"})
			return
		}
	}
	f.globals.Freeze()
}

// load implements the load statement. It never fails: what cannot be loaded is
// reported, and its names stand for unknown values.
func (s *session) load(_ *starlark.Thread, name string) (starlark.StringDict, error) {
	pos := s.herePos()
	globals := starlark.StringDict{}
	stmt := s.loadStmt()
	if stmt != nil {
		pos = position(stmt.Module.TokenPos)
		for _, from := range stmt.From {
			globals[from.Name] = s.poison
		}
	}
	if problem := badName(name); problem != "" {
		s.report(soma.Error{Pos: pos, Object: "load", Problem: fmt.Sprintf("%q %s", name, problem), Remedy: "give a file below the model's folder, such as \"parts/cells.star\""})
		return globals, nil
	}
	f := s.loaded(name, pos)
	if f == nil || stmt == nil {
		return globals, nil
	}
	for _, from := range stmt.From {
		if v, ok := f.globals[from.Name]; ok {
			globals[from.Name] = v
		} else if f.done && !s.ended {
			s.reportMissing(f, from.Name, position(from.NamePos))
		}
	}
	return globals, nil
}

// loaded gives the file of that name, executing it when it is not yet.
func (s *session) loaded(name string, pos soma.Position) *file {
	path := filepath.Join(filepath.Dir(s.path), filepath.FromSlash(name))
	if slices.Contains(s.loading, path) {
		cycle := strings.Join(append(slices.Clone(s.loading), path), " -> ")
		s.report(soma.Error{Pos: pos, Object: "load", Problem: "files load each other in a circle: " + cycle, Remedy: "move what both need into a third file"})
		return nil
	}
	if f, ok := s.files[path]; ok {
		return f
	}
	source, err := s.source(path, name)
	if err != nil {
		s.report(soma.Error{Pos: pos, Object: "load", Problem: fileProblem(name, err), Remedy: "give a file below the model's folder"})
		return nil
	}
	f := s.parse(path, name, source)
	if f.syntax != nil {
		s.executeFile(f)
	}
	return f
}

func badName(name string) string {
	switch {
	case name == "":
		return "is no name of a file"
	case filepath.IsAbs(name) || strings.HasPrefix(name, "/") || strings.Contains(name, ":"):
		return "is an absolute path"
	case strings.Contains(name, "\\"):
		return "has backslashes"
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "leads out of the model's folder"
	}
	return ""
}

func (s *session) reportMissing(f *file, name string, pos soma.Position) {
	remedy := "it defines: " + strings.Join(f.globals.Keys(), ", ")
	if len(f.globals) == 0 {
		remedy = "it defines nothing"
	}
	s.report(soma.Error{Pos: pos, Object: "load", Problem: fmt.Sprintf("%s defines no %q%s", f.name, name, suggest.Hint(name, f.globals.Keys())), Remedy: remedy})
}

// describeFiles fills in what was read.
func (s *session) describeFiles(m *Model) {
	if len(s.order) == 0 {
		return
	}
	files := slices.Clone(s.order)
	slices.SortFunc(files, func(a, b *file) int { return strings.Compare(a.name, b.name) })
	sum := sha256.New()
	for _, f := range files {
		if f.name != "" {
			io.WriteString(sum, f.name+"\x00")
		}
		sum.Write(f.source)
		m.Files = append(m.Files, f.path)
	}
	m.Source = files[0].source
	m.SHA256 = hex.EncodeToString(sum.Sum(nil))
}

// bound lists the global variables of a file.
func (f *file) bound() []string {
	module, ok := f.syntax.Module.(*resolve.Module)
	if !ok {
		return nil
	}
	names := make([]string, 0, len(module.Globals))
	for _, b := range module.Globals {
		names = append(names, b.First.Name)
	}
	return names
}
