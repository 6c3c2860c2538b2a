package script

import (
	"errors"
	"fmt"
	"math"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// Binary implements starlark.HasBinary.
func (a *array) Binary(op syntax.Token, y starlark.Value, side starlark.Side) (starlark.Value, error) {
	f := arithmetic[op]
	if f == nil || !arrayable(y) {
		return nil, nil
	}
	if side == starlark.Right {
		return combine(op.String(), y, a, f)
	}
	return combine(op.String(), a, y, f)
}

// Unary implements starlark.HasUnary.
func (a *array) Unary(op syntax.Token) (starlark.Value, error) {
	switch op {
	case syntax.PLUS:
		return a, nil
	case syntax.MINUS:
		out := a.like()
		for i, x := range a.data {
			out.data[i] = -x
		}
		return out, nil
	}
	return nil, nil
}

// arithmetic is that of Starlark's floats.
var arithmetic = map[syntax.Token]func(x, y float64) (float64, error){
	syntax.PLUS:  func(x, y float64) (float64, error) { return x + y, nil },
	syntax.MINUS: func(x, y float64) (float64, error) { return x - y, nil },
	syntax.STAR:  func(x, y float64) (float64, error) { return x * y, nil },
	syntax.SLASH: func(x, y float64) (float64, error) {
		if y == 0 {
			return 0, errors.New("floating-point division by zero")
		}
		return x / y, nil
	},
	syntax.SLASHSLASH: func(x, y float64) (float64, error) {
		if y == 0 {
			return 0, errors.New("floored division by zero")
		}
		return math.Floor(x / y), nil
	},
	syntax.PERCENT: func(x, y float64) (float64, error) {
		if y == 0 {
			return 0, errors.New("floating-point modulo by zero")
		}
		return float64(starlark.Float(x).Mod(starlark.Float(y))), nil
	},
}

// arrayable says whether a value can be one side of arithmetic with an array.
func arrayable(v starlark.Value) bool {
	switch v.(type) {
	case *array, starlark.Int, starlark.Float, *starlark.List, starlark.Tuple, samples:
		return true
	}
	return false
}

// combine applies a function to two values, element by element. A number goes
// with every element; a dimension of length 1, or one that is missing in front,
// is repeated.
func combine(name string, x, y starlark.Value, f func(x, y float64) (float64, error)) (starlark.Value, error) {
	xf, xNumber := starlark.AsFloat(x)
	yf, yNumber := starlark.AsFloat(y)
	if xNumber && yNumber {
		z, err := f(xf, yf)
		return starlark.Float(z), err
	}
	if isPoison(x) {
		return x, nil
	}
	if isPoison(y) {
		return y, nil
	}
	a, err := operand(name, x, xf, xNumber)
	if err != nil {
		return nil, err
	}
	b, err := operand(name, y, yf, yNumber)
	if err != nil {
		return nil, err
	}
	return broadcast(name, a, b, f)
}

// operand is one side; a number becomes an array without dimensions.
func operand(name string, v starlark.Value, x float64, number bool) (*array, error) {
	if number {
		return &array{data: []float64{x}}, nil
	}
	a, err := toArray(v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

func broadcast(name string, a, b *array, f func(x, y float64) (float64, error)) (*array, error) {
	dims := max(len(a.shape), len(b.shape))
	shape := make([]int, dims)
	for d := range shape {
		n, m := extent(a, dims, d), extent(b, dims, d)
		switch {
		case n == m || m == 1:
			shape[d] = n
		case n == 1:
			shape[d] = m
		default:
			return nil, fmt.Errorf("%s: shapes %s and %s do not fit; make them equal", name, a.shapeString(), b.shapeString())
		}
	}
	out, err := newArray(shape...)
	if err != nil {
		return nil, err
	}
	as, bs := strides(a, shape), strides(b, shape)
	index := make([]int, dims)
	i, j := 0, 0
	for k := range out.data {
		if out.data[k], err = f(a.data[i], b.data[j]); err != nil {
			return nil, err
		}
		for d := dims - 1; d >= 0; d-- {
			index[d]++
			i, j = i+as[d], j+bs[d]
			if index[d] < shape[d] {
				break
			}
			i, j = i-as[d]*shape[d], j-bs[d]*shape[d]
			index[d] = 0
		}
	}
	return out, nil
}

// extent is the length of dimension d of dims, counted from the last.
func extent(a *array, dims, d int) int {
	if own := d - (dims - len(a.shape)); own >= 0 {
		return a.shape[own]
	}
	return 1
}

// strides are the distances in the data for each dimension of a larger shape; 0
// where the array is repeated.
func strides(a *array, shape []int) []int {
	s := make([]int, len(shape))
	width := 1
	for d := len(shape) - 1; d >= 0; d-- {
		if n := extent(a, len(shape), d); n != 1 {
			s[d] = width
			width *= n
		}
	}
	return s
}

// arrayCompare compares element by element; the result has 1 where it holds.
func arrayCompare(op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	if !arrayable(x) || !arrayable(y) {
		return nil, fmt.Errorf("unknown comparison: %s %s %s", x.Type(), op, y.Type())
	}
	return combine(op.String(), x, y, func(x, y float64) (float64, error) {
		order, err := starlark.Float(x).Cmp(starlark.Float(y), 1)
		switch op {
		case syntax.LT:
			return indicator(order < 0), err
		case syntax.LE:
			return indicator(order <= 0), err
		case syntax.GT:
			return indicator(order > 0), err
		}
		return indicator(order >= 0), err
	})
}

// CompareSameType implements starlark.Comparable: == compares arrays as a whole.
func (a *array) CompareSameType(op syntax.Token, other starlark.Value, _ int) (bool, error) {
	b := other.(*array)
	equal := a.shapeString() == b.shapeString()
	for i := range a.data {
		equal = equal && a.data[i] == b.data[i]
	}
	switch op {
	case syntax.EQL:
		return equal, nil
	case syntax.NEQ:
		return !equal, nil
	}
	return false, fmt.Errorf("arrays have no order as a whole")
}
