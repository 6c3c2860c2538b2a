package script

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// array is numbers in rows and columns (or any number of dimensions), row by
// row. Arithmetic with it is done element by element.
type array struct {
	shape  []int
	data   []float64
	frozen bool
}

var (
	_ starlark.Sliceable = (*array)(nil)
	_ starlark.HasSetKey = (*array)(nil)
	_ starlark.Sequence  = (*array)(nil)
	_ starlark.HasAttrs  = (*array)(nil)
	_ starlark.HasBinary = (*array)(nil)
	_ starlark.HasUnary  = (*array)(nil)
	_ starlark.Container = (*array)(nil)
)

func isArray(v starlark.Value) bool {
	_, ok := v.(*array)
	return ok
}

// vector makes an array of one dimension.
func vector(data []float64) *array { return &array{shape: []int{len(data)}, data: data} }

// matrix makes an array of two dimensions; the rows have one length.
func matrix(rows [][]float64) *array {
	a := &array{shape: []int{len(rows), 0}}
	for _, row := range rows {
		a.shape[1] = len(row)
		a.data = append(a.data, row...)
	}
	return a
}

// newArray makes an array of zeros.
func newArray(shape ...int) (*array, error) {
	size := 1
	for _, n := range shape {
		if n < 0 {
			return nil, fmt.Errorf("an array of shape %s; give numbers of 0 or more", shapeString(shape))
		}
		if size *= n; size > maxElements {
			return nil, fmt.Errorf("an array of shape %s is too large; the most is %d numbers", shapeString(shape), maxElements)
		}
	}
	return &array{shape: slices.Clone(shape), data: make([]float64, size)}, nil
}

// like makes an array of zeros of the same shape.
func (a *array) like() *array {
	return &array{shape: slices.Clone(a.shape), data: make([]float64, len(a.data))}
}

func shapeString(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = fmt.Sprint(n)
	}
	if len(shape) == 1 {
		return "(" + parts[0] + ",)"
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func (a *array) shapeString() string { return shapeString(a.shape) }

// String writes the array as it is made; of long ones the beginning and the end.
func (a *array) String() string {
	var b strings.Builder
	b.WriteString("array(")
	a.write(&b, a.shape, a.data)
	b.WriteString(")")
	return b.String()
}

func (a *array) write(b *strings.Builder, shape []int, data []float64) {
	const ends = 4
	if len(shape) == 0 {
		b.WriteString(starlark.Float(data[0]).String())
		return
	}
	b.WriteByte('[')
	width := product(shape[1:])
	for i := range shape[0] {
		if shape[0] > 4*ends && i >= ends && i < shape[0]-ends {
			if i == ends {
				b.WriteString(", …")
			}
			continue
		}
		if i > 0 {
			b.WriteString(", ")
		}
		a.write(b, shape[1:], data[i*width:(i+1)*width])
	}
	b.WriteByte(']')
}

func product(shape []int) int {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return n
}

func (a *array) Type() string          { return "array" }
func (a *array) Freeze()               { a.frozen = true }
func (a *array) Hash() (uint32, error) { return 0, errors.New("unhashable type: array") }

// Truth is that of all elements.
func (a *array) Truth() starlark.Bool {
	for _, x := range a.data {
		if x == 0 {
			return false
		}
	}
	return len(a.data) > 0
}

// Len is the length of the first dimension.
func (a *array) Len() int {
	if len(a.shape) == 0 {
		return 0
	}
	return a.shape[0]
}

// Index gives an element, or an array of one dimension less.
func (a *array) Index(i int) starlark.Value {
	if len(a.shape) == 1 {
		return starlark.Float(a.data[i])
	}
	width := product(a.shape[1:])
	return &array{shape: a.shape[1:], data: slices.Clone(a.data[i*width : (i+1)*width])}
}

// Get implements starlark.Mapping: a[i] and a[i, j].
func (a *array) Get(k starlark.Value) (starlark.Value, bool, error) {
	start, rest, err := a.locate(k)
	if err != nil {
		return nil, false, err
	}
	if len(rest) == 0 {
		return starlark.Float(a.data[start]), true, nil
	}
	return &array{shape: rest, data: slices.Clone(a.data[start : start+product(rest)])}, true, nil
}

// SetKey implements starlark.HasSetKey: a[i] = x and a[i, j] = x.
func (a *array) SetKey(k, v starlark.Value) error {
	if a.frozen {
		return errors.New("cannot change a frozen array; functions cannot change what is outside of them")
	}
	start, rest, err := a.locate(k)
	if err != nil {
		return err
	}
	value, err := toArray(v)
	if err != nil {
		return err
	}
	target := a.data[start : start+product(rest)]
	if len(value.data) != len(target) && len(value.data) != 1 {
		return fmt.Errorf("%d numbers for %d places", len(value.data), len(target))
	}
	for i := range target {
		target[i] = value.data[i%len(value.data)]
	}
	return nil
}

// locate finds where in the data an index points, and the shape of what is there.
func (a *array) locate(k starlark.Value) (start int, rest []int, err error) {
	indices, ok := k.(starlark.Tuple)
	if !ok {
		indices = starlark.Tuple{k}
	}
	if len(indices) > len(a.shape) {
		return 0, nil, fmt.Errorf("%d indices for an array of shape %s", len(indices), a.shapeString())
	}
	for d, index := range indices {
		i, err := starlark.AsInt32(index)
		if err != nil {
			return 0, nil, fmt.Errorf("array index: %s is no whole number", describe(index))
		}
		at := i
		if at < 0 {
			at += a.shape[d]
		}
		if at < 0 || at >= a.shape[d] {
			return 0, nil, fmt.Errorf("array index %d out of range: the array has shape %s", i, a.shapeString())
		}
		start += at * product(a.shape[d+1:])
	}
	return start, a.shape[len(indices):], nil
}

// Slice gives some of the elements or rows.
func (a *array) Slice(start, end, step int) starlark.Value {
	width := product(a.shape[1:])
	out := &array{shape: slices.Clone(a.shape)}
	out.shape[0] = 0
	for i := start; step > 0 && i < end || step < 0 && i > end; i += step {
		out.data = append(out.data, a.data[i*width:(i+1)*width]...)
		out.shape[0]++
	}
	return out
}

// Has says whether a number is among the elements.
func (a *array) Has(v starlark.Value) (bool, error) {
	x, ok := starlark.AsFloat(v)
	return ok && slices.Contains(a.data, x), nil
}

// Iterate goes through the elements or rows.
func (a *array) Iterate() starlark.Iterator { return &arrayIterator{a, 0} }

type arrayIterator struct {
	a *array
	i int
}

func (it *arrayIterator) Next(v *starlark.Value) bool {
	if it.i >= it.a.Len() {
		return false
	}
	*v = it.a.Index(it.i)
	it.i++
	return true
}

func (it *arrayIterator) Done() {}

// AttrNames implements starlark.HasAttrs.
func (a *array) AttrNames() []string { return []string{"T", "shape", "size"} }

// Attr implements starlark.HasAttrs.
func (a *array) Attr(name string) (starlark.Value, error) {
	switch name {
	case "shape":
		t := make(starlark.Tuple, len(a.shape))
		for i, n := range a.shape {
			t[i] = starlark.MakeInt(n)
		}
		return t, nil
	case "size":
		return starlark.MakeInt(len(a.data)), nil
	case "T":
		return a.transposed(), nil
	}
	return nil, nil
}

// transposed turns the order of the dimensions around.
func (a *array) transposed() *array {
	out := a.like()
	slices.Reverse(out.shape)
	index := make([]int, len(a.shape))
	for _, x := range a.data {
		at := 0
		for d := len(index) - 1; d >= 0; d-- {
			at = at*a.shape[d] + index[d]
		}
		out.data[at] = x
		for d := len(index) - 1; d >= 0; d-- {
			if index[d]++; index[d] < a.shape[d] {
				break
			}
			index[d] = 0
		}
	}
	return out
}

// maxDimensions is how deep lists may nest that become arrays.
const maxDimensions = 8

// toArray accepts an array, a number, or lists of numbers nested evenly.
func toArray(v starlark.Value) (*array, error) {
	switch v := v.(type) {
	case *array:
		return v, nil
	case samples:
		return v.Value.(*array), nil
	case starlark.Float, starlark.Int, starlark.Bool:
		x, _ := numeric(v)
		if math.IsInf(x, 0) {
			return nil, fmt.Errorf("%s is too large for a number", describe(v))
		}
		return vector([]float64{x}), nil
	}
	a := &array{}
	if err := a.fill(v, 0); err != nil {
		return nil, err
	}
	return a, nil
}

// fill appends nested lists.
func (a *array) fill(v starlark.Value, depth int) error {
	if x, ok := numeric(v); ok && !isArray(v) {
		if depth != len(a.shape) {
			return errors.New("the rows have different lengths")
		}
		if len(a.data) >= maxElements {
			return errTooLarge
		}
		a.data = append(a.data, x)
		return nil
	}
	if _, text := v.(starlark.String); text {
		return fmt.Errorf("%s is no number", describe(v))
	}
	list, ok := v.(starlark.Sequence)
	_, mapping := v.(starlark.Mapping)
	if !ok || mapping && !isArray(v) {
		return fmt.Errorf("%s is no number and no list of numbers", describe(v))
	}
	if depth == maxDimensions {
		return errors.New("the lists are nested too deeply")
	}
	n, first := list.Len(), len(a.data) == 0 && len(a.shape) == depth
	if first {
		a.shape = append(a.shape, n)
	} else if depth >= len(a.shape) || a.shape[depth] != n {
		return errors.New("the rows have different lengths")
	}
	iter := list.Iterate()
	defer iter.Done()
	var item starlark.Value
	for iter.Next(&item) {
		if err := a.fill(item, depth+1); err != nil {
			return err
		}
	}
	return nil
}
