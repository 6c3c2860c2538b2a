package edges

import (
	"bytes"
	"fmt"

	"soma/record"
)

// readNPZ reads the arrays pre and post, and possibly weight and delay, of an
// archive that numpy.savez wrote.
func readNPZ(content []byte) (*List, error) {
	arrays, err := record.ReadArrays(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	list := &List{}
	for _, a := range arrays {
		switch a.Name {
		case "pre", "post", "weight", "delay":
			if len(a.Shape) > 1 {
				return nil, fmt.Errorf("array %q has %d dimensions; give a list", a.Name, len(a.Shape))
			}
		}
		switch a.Name {
		case "pre":
			list.Pre, err = indices(a)
		case "post":
			list.Post, err = indices(a)
		case "weight":
			list.Weight, err = numbers(a)
		case "delay":
			list.Delay, err = numbers(a)
		}
		if err != nil {
			return nil, err
		}
	}
	return list, list.check()
}

// check compares the lengths of the arrays.
func (l *List) check() error {
	if l.Pre == nil || l.Post == nil {
		return fmt.Errorf("it has no arrays pre and post")
	}
	if len(l.Pre) != len(l.Post) {
		return fmt.Errorf("%d values of pre and %d of post; give one of each per synapse", len(l.Pre), len(l.Post))
	}
	if l.Weight != nil && len(l.Weight) != len(l.Pre) {
		return fmt.Errorf("%d values of weight for %d synapses", len(l.Weight), len(l.Pre))
	}
	if l.Delay != nil && len(l.Delay) != len(l.Pre) {
		return fmt.Errorf("%d values of delay for %d synapses", len(l.Delay), len(l.Pre))
	}
	return nil
}

func indices(a record.Array) ([]int, error) {
	list := make([]int, len(a.Data))
	for i, x := range a.Data {
		var err error
		if list[i], err = index(x); err != nil {
			return nil, fmt.Errorf("%s[%d]: %w", a.Name, i, err)
		}
	}
	return list, nil
}

func numbers(a record.Array) ([]float64, error) {
	for i, x := range a.Data {
		if err := finite(x); err != nil {
			return nil, fmt.Errorf("%s[%d]: %w", a.Name, i, err)
		}
	}
	return a.Data, nil
}
