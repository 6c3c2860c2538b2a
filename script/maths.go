package script

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"

	"soma/internal/elementary"
)

// mathFunc is a function of one number, the same on every machine.
type mathFunc struct {
	value func(float64) float64
	// domain says what is wrong with an argument; nil: nothing ever is.
	domain func(float64) string
	doc    string
}

var unaryMaths = map[string]mathFunc{
	"exp":  {elementary.Exp, nil, "e to the power of x"},
	"log":  {elementary.Log, positiveOnly, "natural logarithm"},
	"sqrt": {math.Sqrt, notNegative, "square root"},
	"sin":  {elementary.Sin, nil, "sine, of radians"},
	"cos":  {elementary.Cos, nil, "cosine, of radians"},
	"tan":  {elementary.Tan, nil, "tangent, of radians"},
	"tanh": {elementary.Tanh, nil, "hyperbolic tangent"},
}

var rounding = map[string]func(float64) float64{"floor": math.Floor, "ceil": math.Ceil}

func positiveOnly(x float64) string {
	if x <= 0 {
		return "the logarithm needs a number above 0"
	}
	return ""
}

func notNegative(x float64) string {
	if x < 0 {
		return "the square root needs a number of 0 or more"
	}
	return ""
}

// power is x to the power of y, or what is wrong.
func power(x, y float64) (float64, string) {
	switch {
	case x == 0 && y < 0:
		return math.NaN(), "0 has no negative powers"
	case x < 0 && y != math.Floor(y) && !math.IsInf(y, 0):
		return math.NaN(), "a negative number has whole powers only"
	}
	return elementary.Pow(x, y), ""
}

// call applies a function to a number, with an error outside of its domain and
// where the result is too large for a float.
func (f mathFunc) call(name string, x float64) (float64, error) {
	if f.domain != nil {
		if problem := f.domain(x); problem != "" {
			return 0, fmt.Errorf("%s(%s): %s", name, starlark.Float(x), problem)
		}
	}
	return finite(f.value(x), func() string { return fmt.Sprintf("%s(%s)", name, starlark.Float(x)) }, x)
}

// finite refuses infinite results of finite arguments.
func finite(y float64, what func() string, args ...float64) (float64, error) {
	if math.IsInf(y, 0) || math.IsNaN(y) {
		for _, x := range args {
			if math.IsInf(x, 0) || math.IsNaN(x) {
				return y, nil
			}
		}
		return 0, fmt.Errorf("%s is too large for a number", what())
	}
	return y, nil
}

// mathNames are the functions that work on numbers and arrays alike.
func (s *session) mathNames() starlark.StringDict {
	names := starlark.StringDict{
		"pi":  starlark.Float(math.Pi),
		"e":   starlark.Float(math.E),
		"pow": s.forgiving("pow", powFunc),
		"abs": s.forgiving("abs", absFunc),
		"min": s.forgiving("min", extremeFunc),
		"max": s.forgiving("max", extremeFunc),
	}
	for name, f := range unaryMaths {
		names[name] = s.forgiving(name, unaryFunc(f))
	}
	for name, f := range rounding {
		names[name] = s.forgiving(name, roundFunc(f))
	}
	return names
}

// one takes the only argument of a function.
func one(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 1 || len(kwargs) != 0 {
		return nil, fmt.Errorf("%s takes one argument, %d are given; write %s(x)", b.Name(), len(args)+len(kwargs), b.Name())
	}
	return args[0], nil
}

func unaryFunc(f mathFunc) builtinFunc {
	return func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		v, err := one(b, args, kwargs)
		if err != nil {
			return nil, err
		}
		return elementwise(b.Name(), v, func(x float64) (float64, error) { return f.call(b.Name(), x) })
	}
}

// elementwise applies a function to a number, or to each element of an array or
// list.
func elementwise(name string, v starlark.Value, f func(float64) (float64, error)) (starlark.Value, error) {
	if x, ok := starlark.AsFloat(v); ok {
		y, err := f(x)
		return starlark.Float(y), err
	}
	if isPoison(v) {
		return v, nil
	}
	a, err := toArray(v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; give a number or an array", name, err)
	}
	out := a.like()
	for i, x := range a.data {
		if out.data[i], err = f(x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// roundFunc rounds a number to a whole number, and an array to an array.
func roundFunc(f func(float64) float64) builtinFunc {
	return func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		v, err := one(b, args, kwargs)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case starlark.Int:
			return v, nil
		case starlark.Float:
			return starlark.NumberToInt(starlark.Float(f(float64(v))))
		}
		return elementwise(b.Name(), v, func(x float64) (float64, error) { return f(x), nil })
	}
}

func absFunc(t *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	v, err := one(b, args, kwargs)
	if err != nil {
		return nil, err
	}
	if _, number := starlark.AsFloat(v); number {
		return starlark.Call(t, starlark.Universe["abs"], args, nil)
	}
	return elementwise("abs", v, func(x float64) (float64, error) { return math.Abs(x), nil })
}

func powFunc(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 2 || len(kwargs) != 0 {
		return nil, fmt.Errorf("pow takes two arguments, %d are given; write pow(x, y)", len(args)+len(kwargs))
	}
	return combine("pow", args[0], args[1], func(x, y float64) (float64, error) {
		z, problem := power(x, y)
		what := func() string { return fmt.Sprintf("pow(%s, %s)", starlark.Float(x), starlark.Float(y)) }
		if problem != "" {
			return 0, fmt.Errorf("%s: %s", what(), problem)
		}
		return finite(z, what, x, y)
	})
}

// extremeFunc is min and max: of a list or the arguments as in Starlark, of an
// array its elements, of arrays and numbers element by element.
func extremeFunc(t *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	arrays := false
	for _, v := range args {
		if isPoison(v) {
			return v, nil
		}
		arrays = arrays || isArray(v)
	}
	if !arrays || len(kwargs) > 0 {
		return starlark.Call(t, starlark.Universe[b.Name()], args, kwargs)
	}
	pick := math.Min
	if b.Name() == "max" {
		pick = math.Max
	}
	if len(args) == 1 {
		return reduceExtreme(b.Name(), args[0].(*array), pick)
	}
	result := args[0]
	for _, v := range args[1:] {
		var err error
		result, err = combine(b.Name(), result, v, func(x, y float64) (float64, error) { return pick(x, y), nil })
		if err != nil {
			return nil, err
		}
	}
	return result, nil
}

func reduceExtreme(name string, a *array, pick func(x, y float64) float64) (starlark.Value, error) {
	if len(a.data) == 0 {
		return nil, fmt.Errorf("%s of an array without values", name)
	}
	x := a.data[0]
	for _, y := range a.data[1:] {
		x = pick(x, y)
	}
	return starlark.Float(x), nil
}
