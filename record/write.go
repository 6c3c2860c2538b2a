package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The formats that Write knows.
const (
	NPZ     = "npz"     // data.npz; Read needs it
	CSV     = "csv"     // one text file per probe
	Parquet = "parquet" // one table per probe, in columns
)

// Formats lists the formats that Write knows.
func Formats() []string { return []string{NPZ, CSV, Parquet} }

const runName = "run.json"

// Write stores a result as the directory dir, in the given formats; run.json and
// the further files are always written. It completes r.Run. An earlier result of
// soma is replaced, in one step at the end; anything else is refused, as by
// Check. On an error everything is as it was, and the result can be written
// elsewhere; a *WriteError says that the file system is at fault.
func Write(dir string, r *Result, formats ...string) error {
	return (&writer{result: r, formats: formats, start: time.Now()}).write(dir)
}

// WriteRest is Write for a disk without room for all of a result: files that cannot be
// written are left out, and named in r.Run.Missing.
func WriteRest(dir string, r *Result, formats ...string) error {
	return (&writer{result: r, formats: formats, start: time.Now(), rest: true}).write(dir)
}

// A WriteError is a failure of the file system while a result is written: no room, a
// limit, a device that is gone.
type WriteError struct {
	Dir  string // of the result, as it was given
	File string // in it, that was being written; "" for the directory itself
	Err  error
}

func (e *WriteError) Error() string {
	return fmt.Sprintf("%s: %v; make room, or choose another directory", path.Join(filepath.ToSlash(e.Dir), e.File), e.Err)
}

func (e *WriteError) Unwrap() error { return e.Err }

// writer is one call of Write.
type writer struct {
	result  *Result
	formats []string
	start   time.Time
	rest    bool   // files that fail are left out
	dir     string // as it was given
	folder  string // where files go
	// before is called before each file is written and before the directory is
	// moved into place. Tests fail there.
	before func(step string) error
}

func (w *writer) write(dir string) (err error) {
	w.dir = dir
	target, err := resolve(dir)
	if err != nil {
		return err
	}
	if err := w.result.Check(); err != nil {
		return err
	}
	if err := w.result.describe(); err != nil {
		return err
	}
	parent, base := filepath.Split(target)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return w.fault("", err)
	}
	workshop, err := os.MkdirTemp(parent, "."+base+"-*")
	if err != nil {
		return w.fault("", err)
	}
	// The new directory is made in the workshop; what stands there in the end is
	// the old one, or a new one that failed.
	w.folder = filepath.Join(workshop, base)
	defer func() {
		if cleared := errors.Join(os.RemoveAll(w.folder), os.Remove(workshop)); err == nil {
			err = cleared
		}
	}()
	if err := os.Mkdir(w.folder, 0o777); err != nil {
		return w.fault("", err)
	}
	if err := w.fill(); err != nil {
		return err
	}
	if err := w.step("move into place"); err != nil {
		return err
	}
	if err := place(w.folder, target); err != nil {
		return w.fault("", err)
	}
	return nil
}

// fault is an error of the file system.
func (w *writer) fault(file string, err error) error {
	return &WriteError{Dir: w.dir, File: file, Err: cause(err)}
}

// fill writes all files, run.json last.
func (w *writer) fill() error {
	r := w.result
	r.Run.Files, r.Run.Missing = nil, nil
	for _, format := range w.formats {
		if err := w.data(format); err != nil {
			return err
		}
	}
	if len(r.Learned) > 0 {
		if err := w.file(learnedName, r.writeLearned); err != nil {
			return err
		}
	}
	for _, f := range r.Files {
		if err := w.file(f.Name, func(out io.Writer) error { _, err := out.Write(f.Contents); return err }); err != nil {
			return err
		}
	}
	return w.run()
}

// data writes the recordings in one format.
func (w *writer) data(format string) error {
	switch format {
	case NPZ:
		return w.file(npzName, w.result.writeNPZ)
	case CSV:
		return w.tables(".csv", Values.writeCSV, Spikes.writeCSV)
	case Parquet:
		return w.tables(".parquet", Values.writeParquet, Spikes.writeParquet)
	}
	return fmt.Errorf("unknown format %q; use %s", format, strings.Join(Formats(), ", "))
}

// tables writes a file for every probe.
func (w *writer) tables(extension string, values func(Values, io.Writer) error, spikes func(Spikes, io.Writer) error) error {
	for _, v := range w.result.Values {
		if err := w.file(FileName(v.Name)+extension, func(out io.Writer) error { return values(v, out) }); err != nil {
			return err
		}
	}
	for _, s := range w.result.Spikes {
		if err := w.file(FileName(s.Name)+extension, func(out io.Writer) error { return spikes(s, out) }); err != nil {
			return err
		}
	}
	return nil
}

// run writes run.json, which lists itself.
func (w *writer) run() error {
	run := &w.result.Run
	run.WriteS += time.Since(w.start).Seconds()
	listed := *run
	listed.Files = append(slices.Clone(run.Files), runName)
	text, err := listed.JSON()
	if err != nil {
		return err
	}
	w.rest = false // a result without run.json is none
	return w.file(runName, func(out io.Writer) error { _, err := out.Write(text); return err })
}

// file writes one file, or leaves out one of a result that need not be whole.
func (w *writer) file(name string, contents func(io.Writer) error) error {
	err := w.create(name, contents)
	var failed *WriteError
	if w.rest && errors.As(err, &failed) {
		w.result.Run.Missing = append(w.result.Run.Missing, name)
		if err := os.Remove(w.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return w.fault(name, err)
		}
		return nil
	}
	if err == nil {
		w.result.Run.Files = append(w.result.Run.Files, name)
	}
	return err
}

// path is where a file of the result is written.
func (w *writer) path(name string) string {
	return filepath.Join(w.folder, filepath.FromSlash(name))
}

// create writes a file, through to the disk.
func (w *writer) create(name string, contents func(io.Writer) error) (err error) {
	if err := w.step("write " + name); err != nil {
		return err
	}
	full := w.path(name)
	if path.Dir(name) != "." {
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			return w.fault(name, err)
		}
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return w.fault(name, err)
	}
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = w.fault(name, closed)
		}
	}()
	out := bufio.NewWriterSize(checkedFile{f, func(err error) error { return w.fault(name, err) }}, 1<<16)
	if err := contents(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return w.fault(name, err)
	}
	return nil
}

// checkedFile tells errors of writing from those of what is written.
type checkedFile struct {
	to    io.Writer
	fault func(error) error
}

func (f checkedFile) Write(b []byte) (n int, err error) {
	if n, err = f.to.Write(b); err != nil {
		err = f.fault(err)
	}
	return n, err
}

func (w *writer) step(name string) error {
	if w.before == nil {
		return nil
	}
	return w.before(name)
}

// numbers is an indented list of numbers. Strings hold no line breaks in JSON.
var numbers = regexp.MustCompile(`\[\n[-+0-9.eE,\snul]*\]`)

// JSON is the text of run.json: indented, with each list of numbers on one line.
func (r Run) JSON() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	text = numbers.ReplaceAllFunc(text, func(list []byte) []byte { return bytes.Join(bytes.Fields(list), nil) })
	return append(text, '\n'), err
}
