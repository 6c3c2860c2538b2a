package script

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
)

// arrayFunc is a function that makes arrays or numbers from arrays.
type arrayFunc struct {
	name    string
	args    string // as in the reference
	minimum int    // of arguments
	maximum int
	doc     string
	run     func(args starlark.Tuple) (starlark.Value, error)
}

func arrayFuncs() []arrayFunc {
	return []arrayFunc{
		{"array", "values", 1, 1, "an array of a number, a list, or a list of rows", makeArray},
		{"linspace", "start, stop, n", 3, 3, "n numbers evenly from start to stop, both included", linspace},
		{"arange", "[start,] stop[, step]", 1, 3, "numbers from start in steps, stop excluded", arange},
		{"zeros", "shape", 1, 1, "zeros; the shape is a number or a list", filled(0)},
		{"ones", "shape", 1, 1, "ones", filled(1)},
		{"dot", "a, b", 2, 2, "scalar product of vectors; the matrix product otherwise", dotProduct},
		{"matmul", "a, b", 2, 2, "matrix product", dotProduct},
		{"concatenate", "arrays", 1, 1, "arrays one after the other, along the first dimension", concatenate},
		{"reshape", "a, shape", 2, 2, "the same numbers in another shape; one length may be -1", reshape},
		{"sum", "a[, axis]", 1, 2, "sum of all elements, or along one dimension", reduction(total)},
		{"mean", "a[, axis]", 1, 2, "mean, likewise", reduction(average)},
		{"norm", "a", 1, 1, "Euclidean length", reduction(length)},
	}
}

func (s *session) arrayNames() starlark.StringDict {
	names := starlark.StringDict{}
	for _, f := range arrayFuncs() {
		names[f.name] = s.forgiving(f.name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			for _, v := range args {
				if tainted(v) {
					return s.poison, nil
				}
			}
			if len(kwargs) > 0 || len(args) < f.minimum || len(args) > f.maximum {
				return nil, fmt.Errorf("%s: %d arguments are given; write %s(%s)", f.name, len(args)+len(kwargs), f.name, f.args)
			}
			v, err := f.run(args)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.name, err)
			}
			return v, nil
		})
	}
	return names
}

func makeArray(args starlark.Tuple) (starlark.Value, error) {
	a, err := toArray(args[0])
	if err != nil {
		return nil, err
	}
	out := a.like()
	copy(out.data, a.data)
	return out, nil
}

// floats reads arguments that are numbers.
func floats(args starlark.Tuple) ([]float64, error) {
	out := make([]float64, len(args))
	for i, v := range args {
		x, problem := toFloat(v)
		if problem != "" {
			return nil, fmt.Errorf("%s", problem)
		}
		out[i] = x
	}
	return out, nil
}

func linspace(args starlark.Tuple) (starlark.Value, error) {
	bounds, err := floats(args[:2])
	if err != nil {
		return nil, err
	}
	n, problem := toInt(args[2])
	if problem != "" {
		return nil, fmt.Errorf("%s", problem)
	}
	out, err := newArray(n)
	if err != nil {
		return nil, err
	}
	start, stop := bounds[0], bounds[1]
	for i := range out.data {
		out.data[i] = start
		if n > 1 {
			out.data[i] = start + float64((stop-start)*float64(i))/float64(n-1)
		}
	}
	if n > 1 {
		out.data[n-1] = stop
	}
	return out, nil
}

func arange(args starlark.Tuple) (starlark.Value, error) {
	x, err := floats(args)
	if err != nil {
		return nil, err
	}
	start, stop, step := 0.0, x[0], 1.0
	if len(x) > 1 {
		start, stop = x[0], x[1]
	}
	if len(x) > 2 {
		step = x[2]
	}
	if step == 0 {
		return nil, fmt.Errorf("the step is 0")
	}
	n := math.Ceil((stop - start) / step)
	if n > maxElements {
		return nil, errTooLarge
	}
	out, err := newArray(int(max(n, 0)))
	if err != nil {
		return nil, err
	}
	for i := range out.data {
		out.data[i] = start + float64(float64(i)*step)
	}
	return out, nil
}

// shapeOf reads a shape: a number, or a list of numbers.
func shapeOf(v starlark.Value) ([]int, error) {
	values, problem := toFloats(v)
	if problem != "" {
		return nil, fmt.Errorf("%s", problem)
	}
	if len(values) == 0 || len(values) > maxDimensions {
		return nil, fmt.Errorf("a shape of %d dimensions", len(values))
	}
	shape := make([]int, len(values))
	for i, x := range values {
		if x != math.Floor(x) || math.Abs(x) > maxElements {
			return nil, fmt.Errorf("a shape with %g", x)
		}
		shape[i] = int(x)
	}
	return shape, nil
}

func filled(value float64) func(starlark.Tuple) (starlark.Value, error) {
	return func(args starlark.Tuple) (starlark.Value, error) {
		shape, err := shapeOf(args[0])
		if err != nil {
			return nil, err
		}
		a, err := newArray(shape...)
		if err != nil {
			return nil, err
		}
		for i := range a.data {
			a.data[i] = value
		}
		return a, nil
	}
}

// dotProduct sums in the order of the elements. A vector counts as a row on the
// left and as a column on the right.
func dotProduct(args starlark.Tuple) (starlark.Value, error) {
	a, err := toArray(args[0])
	if err != nil {
		return nil, err
	}
	b, err := toArray(args[1])
	if err != nil {
		return nil, err
	}
	if len(a.shape) == 0 || len(b.shape) == 0 || len(a.shape) > 2 || len(b.shape) > 2 {
		return nil, fmt.Errorf("shapes %s and %s; give vectors or matrices", a.shapeString(), b.shapeString())
	}
	rows, columns := product(a.shape[:len(a.shape)-1]), product(b.shape[1:])
	inner := a.shape[len(a.shape)-1]
	if inner != b.shape[0] {
		return nil, fmt.Errorf("shapes %s and %s do not fit; the last length of one must be the first of the other", a.shapeString(), b.shapeString())
	}
	if rows*inner > 0 && columns > (1<<30)/(rows*inner) {
		return nil, errTooLarge
	}
	out, err := newArray(append(append([]int{}, a.shape[:len(a.shape)-1]...), b.shape[1:]...)...)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		for j := range columns {
			sum := 0.0
			for k := range inner {
				sum += float64(a.data[i*inner+k] * b.data[k*columns+j])
			}
			out.data[i*columns+j] = sum
		}
	}
	if len(out.shape) == 0 {
		return starlark.Float(out.data[0]), nil
	}
	return out, nil
}

func concatenate(args starlark.Tuple) (starlark.Value, error) {
	list, ok := args[0].(starlark.Indexable)
	if !ok || list.Len() == 0 {
		return nil, fmt.Errorf("%s is no list of arrays", describe(args[0]))
	}
	var out *array
	for i := range list.Len() {
		a, err := toArray(list.Index(i))
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = &array{shape: append([]int{}, a.shape...), data: append([]float64{}, a.data...)}
			continue
		}
		if shapeString(a.shape[1:]) != shapeString(out.shape[1:]) {
			return nil, fmt.Errorf("shapes %s and %s do not fit; they may differ in the first length only", out.shapeString(), a.shapeString())
		}
		if len(out.data)+len(a.data) > maxElements {
			return nil, errTooLarge
		}
		out.shape[0] += a.shape[0]
		out.data = append(out.data, a.data...)
	}
	return out, nil
}

func reshape(args starlark.Tuple) (starlark.Value, error) {
	a, err := toArray(args[0])
	if err != nil {
		return nil, err
	}
	shape, err := shapeOf(args[1])
	if err != nil {
		return nil, err
	}
	free, size := -1, 1
	for d, n := range shape {
		if n == -1 && free < 0 {
			free = d
			continue
		}
		size *= n
	}
	if free >= 0 && size > 0 {
		shape[free] = len(a.data) / size
		size *= shape[free]
	}
	if size != len(a.data) || product(shape) != size {
		return nil, fmt.Errorf("%d numbers do not fill the shape %s", len(a.data), shapeString(shape))
	}
	return &array{shape: shape, data: append([]float64{}, a.data...)}, nil
}

// reduction turns all elements into one number, or each line along an axis.
func reduction(f func(line []float64) float64) func(starlark.Tuple) (starlark.Value, error) {
	return func(args starlark.Tuple) (starlark.Value, error) {
		a, err := toArray(args[0])
		if err != nil {
			return nil, err
		}
		if len(args) == 1 {
			return starlark.Float(f(a.data)), nil
		}
		axis, problem := toInt(args[1])
		if axis < 0 {
			axis += len(a.shape)
		}
		if problem != "" || axis < 0 || axis >= len(a.shape) {
			return nil, fmt.Errorf("axis %s of an array of shape %s", describe(args[1]), a.shapeString())
		}
		return a.along(axis, f), nil
	}
}

func (a *array) along(axis int, f func([]float64) float64) starlark.Value {
	outer, inner, n := product(a.shape[:axis]), product(a.shape[axis+1:]), a.shape[axis]
	out := &array{data: make([]float64, outer*inner)}
	out.shape = append(append(out.shape, a.shape[:axis]...), a.shape[axis+1:]...)
	line := make([]float64, n)
	for o := range outer {
		for i := range inner {
			for k := range n {
				line[k] = a.data[(o*n+k)*inner+i]
			}
			out.data[o*inner+i] = f(line)
		}
	}
	if len(out.shape) == 0 {
		return starlark.Float(out.data[0])
	}
	return out
}

func total(line []float64) float64 {
	sum := 0.0
	for _, x := range line {
		sum += x
	}
	return sum
}

func average(line []float64) float64 { return total(line) / float64(max(len(line), 1)) }

func length(line []float64) float64 {
	sum := 0.0
	for _, x := range line {
		sum += float64(x * x)
	}
	return math.Sqrt(sum)
}
