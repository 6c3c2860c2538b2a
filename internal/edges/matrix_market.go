package edges

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// readMatrixMarket reads a sparse matrix of weights W[post, pre]: the row is the
// target, the column the source, both counted from 1. The first line is
//
//	%%MatrixMarket matrix coordinate real general
//
// with real, integer or pattern (no weights); lines that begin with % are
// comments; then come the numbers of rows, columns and entries, and the entries
// (R. F. Boisvert, R. Pozo and K. A. Remington, The Matrix Market exchange
// formats, NISTIR 5935, 1996).
func readMatrixMarket(content []byte) (*List, error) {
	m := &market{list: &List{}}
	for text := range bytes.Lines(content) {
		m.line++
		row := strings.TrimSpace(string(text))
		var err error
		switch {
		case m.line == 1:
			err = m.banner(row)
		case row == "" || row[0] == '%':
		case !m.sized:
			err = m.size(row)
		default:
			err = m.entry(row)
		}
		if err != nil {
			return nil, &lineError{m.line, err}
		}
	}
	if !m.sized || len(m.list.Pre) != m.entries {
		return nil, wrong(max(m.line, 1), "the file ends after %d of %d entries", len(m.list.Pre), m.entries)
	}
	return m.list, nil
}

type market struct {
	list                *List
	line                int
	pattern, sized      bool
	rows, cols, entries int
}

func (m *market) banner(row string) error {
	fields := strings.Fields(strings.ToLower(row))
	if len(fields) != 5 || fields[0] != "%%matrixmarket" || fields[1] != "matrix" {
		return fmt.Errorf("it does not begin with %%%%MatrixMarket matrix")
	}
	if fields[2] != "coordinate" || fields[4] != "general" {
		return fmt.Errorf("a matrix %s; write it as coordinate … general", strings.Join(fields[2:], " "))
	}
	switch fields[3] {
	case "real", "integer":
	case "pattern":
		m.pattern = true
	default:
		return fmt.Errorf("a matrix of %s numbers; give real, integer or pattern", fields[3])
	}
	return nil
}

func (m *market) size(row string) error {
	fields := strings.Fields(row)
	if len(fields) != 3 {
		return fmt.Errorf("%q is not rows, columns and entries", row)
	}
	for i, into := range []*int{&m.rows, &m.cols, &m.entries} {
		n, err := strconv.Atoi(fields[i])
		if err != nil || n < 0 {
			return fmt.Errorf("%q is no number of rows, columns or entries", fields[i])
		}
		*into = n
	}
	m.sized = true
	return nil
}

func (m *market) entry(row string) error {
	fields := strings.Fields(row)
	want := 3
	if m.pattern {
		want = 2
	}
	if len(fields) != want {
		return fmt.Errorf("%d values, where there are %d for each entry", len(fields), want)
	}
	if len(m.list.Pre) == m.entries {
		return fmt.Errorf("more than the %d entries announced", m.entries)
	}
	post, err := m.index("row", fields[0], m.rows)
	if err != nil {
		return err
	}
	pre, err := m.index("column", fields[1], m.cols)
	if err != nil {
		return err
	}
	m.list.Pre, m.list.Post = append(m.list.Pre, pre), append(m.list.Post, post)
	if m.pattern {
		return nil
	}
	w, err := number(fields[2])
	m.list.Weight = append(m.list.Weight, w)
	return err
}

func (m *market) index(what, text string, n int) (int, error) {
	i, err := strconv.Atoi(text)
	if err != nil || i < 1 || i > n {
		return 0, fmt.Errorf("%s %q of a matrix of %d × %d; count from 1", what, text, m.rows, m.cols)
	}
	return i - 1, nil
}
