package record

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// csvBlock is how many bytes of text are gathered before they are written.
const csvBlock = 1 << 16

// csvWriter writes lines of numbers, each in the shortest form that reads back
// as the same number.
type csvWriter struct {
	out  io.Writer
	line []byte
	err  error
}

func (w *csvWriter) header(names ...string) {
	for i, name := range names {
		if strings.ContainsAny(name, ",\"\r\n") {
			name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.line = append(w.line, name...)
	}
	w.end()
}

func (w *csvWriter) float(x float64) { w.line = strconv.AppendFloat(w.line, x, 'g', -1, 64) }
func (w *csvWriter) int(x int64)     { w.line = strconv.AppendInt(w.line, x, 10) }
func (w *csvWriter) comma()          { w.line = append(w.line, ',') }

func (w *csvWriter) end() {
	w.line = append(w.line, '\n')
	if len(w.line) > csvBlock {
		w.flush()
	}
}

func (w *csvWriter) flush() error {
	if w.err == nil {
		_, w.err = w.out.Write(w.line)
	}
	w.line = w.line[:0]
	return w.err
}

// columns are the names of those of a table of samples.
func (v Values) columns() []string {
	if v.Width == 1 {
		return []string{"t", v.Name}
	}
	names := []string{"t"}
	for k := range v.Width {
		names = append(names, fmt.Sprintf("%s[%d]", v.Name, k))
	}
	return names
}

// columns are the names of those of a table of spikes.
func (s Spikes) columns() []string {
	if s.Exact == nil {
		return []string{"time", "id"}
	}
	return []string{"time", "id", "exact"}
}

// writeCSV writes "t" and the values, one line per sample.
func (v Values) writeCSV(out io.Writer) error {
	w := &csvWriter{out: out}
	w.header(v.columns()...)
	for piece, err := range v.pieces() {
		if err != nil {
			return err
		}
		for i, t := range piece.T {
			w.float(t)
			for _, x := range piece.Rows[i*v.Width : (i+1)*v.Width] {
				w.comma()
				w.float(x)
			}
			w.end()
		}
	}
	return w.flush()
}

// writeCSV writes "time", "id" and perhaps "exact", one line per spike.
func (s Spikes) writeCSV(out io.Writer) error {
	w := &csvWriter{out: out}
	w.header(s.columns()...)
	for piece, err := range s.pieces() {
		if err != nil {
			return err
		}
		for i, t := range piece.Times {
			w.float(t)
			w.comma()
			w.int(piece.IDs[i])
			if s.Exact != nil {
				w.comma()
				w.float(piece.Exact[i])
			}
			w.end()
		}
	}
	return w.flush()
}
