package edges

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// readCSV reads numbers separated by commas, below a line with the names of the
// columns: pre and post, and possibly weight and delay. Other columns are passed
// over, and so are empty lines and those that begin with #.
func readCSV(content []byte) (*List, error) {
	var columns *columns
	list := &List{}
	line := 0
	for text := range bytes.Lines(bytes.TrimPrefix(content, []byte("\ufeff"))) {
		line++
		row := strings.TrimSpace(string(text))
		switch {
		case row == "" || row[0] == '#':
		case columns == nil:
			var err error
			if columns, err = newColumns(row); err != nil {
				return nil, &lineError{line, err}
			}
		default:
			if err := columns.add(list, row); err != nil {
				return nil, &lineError{line, err}
			}
		}
	}
	if columns == nil {
		return nil, wrong(max(line, 1), "no header; begin with pre,post or pre,post,weight,delay")
	}
	return list, nil
}

// columns are where the numbers of a row stand; -1: nowhere.
type columns struct {
	n                        int
	pre, post, weight, delay int
}

func newColumns(header string) (*columns, error) {
	names := strings.Split(header, ",")
	for i, name := range names {
		names[i] = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"`))
	}
	at := func(name string) int { return slices.Index(names, name) }
	c := &columns{len(names), at("pre"), at("post"), at("weight"), at("delay")}
	if c.pre < 0 || c.post < 0 {
		return nil, fmt.Errorf("the header %q names no columns pre and post", header)
	}
	return c, nil
}

func (c *columns) add(list *List, row string) error {
	cells := strings.Split(row, ",")
	if len(cells) != c.n {
		return fmt.Errorf("%d values under %d names", len(cells), c.n)
	}
	for _, column := range []struct {
		name string
		at   int
		into *[]int
	}{{"pre", c.pre, &list.Pre}, {"post", c.post, &list.Post}} {
		i, err := strconv.Atoi(strings.TrimSpace(cells[column.at]))
		if err != nil || i < 0 {
			return fmt.Errorf("%s: %q is no number of a neuron; count from 0", column.name, strings.TrimSpace(cells[column.at]))
		}
		*column.into = append(*column.into, i)
	}
	for _, column := range []struct {
		name string
		at   int
		into *[]float64
	}{{"weight", c.weight, &list.Weight}, {"delay", c.delay, &list.Delay}} {
		if column.at < 0 {
			continue
		}
		x, err := number(cells[column.at])
		if err != nil {
			return fmt.Errorf("%s: %w", column.name, err)
		}
		*column.into = append(*column.into, x)
	}
	return nil
}

func number(text string) (float64, error) {
	text = strings.TrimSpace(text)
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no number", text)
	}
	return x, finite(x)
}
