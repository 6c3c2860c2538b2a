package script

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// The functions here stand for operators, as rewrite.go says, and for
// Starlark's functions that could fill all memory in a single step.

var errTooLarge = errors.New("the result is too large; build a smaller one")

type builtinFunc = func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error)

func (s *session) guards() starlark.StringDict {
	names := starlark.StringDict{}
	for name, f := range map[string]builtinFunc{
		guardPlus:   guardedPlus,
		guardAddend: guardedAddend,
		guardTimes:  guardedTimes,
		guardFactor: guardedFactor,
		guardUnpack: guardedUnpack,
		guardLoop:   guardedLoop,
		guardWhile:  guardedWhile,
		guardMethod: guardedMethod,
		"%":         guardedRemainder,
		"range":     guardedRange,
		"str":       ifModest("str"),
		"repr":      ifModest("repr"),
		"print":     ifModest("print"),
		"hasattr":   ifThere("hasattr"),
		"getattr":   ifThere("getattr"),
	} {
		names[name] = s.forgiving(name, f)
	}
	for name, op := range comparisons {
		names[name] = s.forgiving(name, compareFunc(op))
	}
	return names
}

func guardedPlus(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return plus(args[0], args[1])
}

// plus is the sum of two values, or one appended to the other.
func plus(x, y starlark.Value) (starlark.Value, error) {
	if xf, ok := x.(starlark.Float); ok {
		if yf, ok := y.(starlark.Float); ok {
			return xf + yf, nil
		}
	}
	if !appendModest(x, y) {
		return nil, errTooLarge
	}
	return starlark.Binary(syntax.PLUS, x, y)
}

// appendModest looks at the size of y appended to x.
func appendModest(x, y starlark.Value) bool {
	switch x := x.(type) {
	case *starlark.List:
		return x.Len()+max(starlark.Len(y), 0) <= maxElements
	case starlark.Tuple:
		return len(x)+max(starlark.Len(y), 0) <= maxElements
	case starlark.String, starlark.Bytes:
		return starlark.Len(x)+max(starlark.Len(y), 0) <= maxText
	}
	return true
}

// addend is the right side of x += y.
type addend struct{ starlark.Value }

func (a addend) Binary(_ syntax.Token, x starlark.Value, _ starlark.Side) (starlark.Value, error) {
	list, ok := x.(*starlark.List)
	if _, items := a.Value.(starlark.Iterable); !ok || !items || isPoison(a.Value) {
		return plus(x, a.Value)
	}
	_, err := extend(list, starlark.Tuple{a.Value}, nil)
	return list, err
}

func guardedAddend(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return addend{args[0]}, nil
}

// extend is the method of a list, which it changes.
func extend(list *starlark.List, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) == 1 && !appendModest(list, args[0]) {
		return nil, errTooLarge
	}
	method, err := list.Attr("extend")
	if err != nil {
		return nil, err
	}
	return method.(*starlark.Builtin).CallInternal(nil, args, kwargs)
}

func guardedTimes(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return times(args[0], args[1])
}

// times is the product of two values.
func times(x, y starlark.Value) (starlark.Value, error) {
	if xf, ok := x.(starlark.Float); ok {
		if yf, ok := y.(starlark.Float); ok {
			return xf * yf, nil
		}
	}
	if !timesModest(x, y) || !timesModest(y, x) {
		return nil, errTooLarge
	}
	return starlark.Binary(syntax.STAR, x, y)
}

// timesModest looks at repetitions of y and products of whole numbers.
func timesModest(x, y starlark.Value) bool {
	n, ok := x.(starlark.Int)
	if !ok {
		return true
	}
	length, most := 0, maxElements
	switch y := y.(type) {
	case starlark.Int:
		return n.BigInt().BitLen()+y.BigInt().BitLen() <= maxBits
	case *starlark.List:
		length = y.Len()
	case starlark.Tuple:
		length = len(y)
	case starlark.String:
		length, most = len(y), maxText
	case starlark.Bytes:
		length, most = len(y), maxText
	default:
		return true
	}
	count, ok := n.Int64()
	return n.Sign() <= 0 || length == 0 || ok && count <= int64(most/length)
}

// factor is the right side of x *= y.
type factor struct{ starlark.Value }

func (f factor) Binary(op syntax.Token, x starlark.Value, side starlark.Side) (starlark.Value, error) {
	return times(x, f.Value)
}

func guardedFactor(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return factor{args[0]}, nil
}

// guardedUnpack gives every variable of an assignment the unknown value.
func guardedUnpack(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return spread(args[0], args[1]), nil
}

// spread gives unknown values in the pattern of the variables, also for unknown
// parts of a list.
func spread(v, pattern starlark.Value) starlark.Value {
	parts, nested := pattern.(starlark.Tuple)
	if !nested {
		return v
	}
	item := func(int) starlark.Value { return v }
	if list, ok := v.(starlark.Indexable); ok && !isPoison(v) {
		if list.Len() != len(parts) || !tainted(v) {
			return v
		}
		item = list.Index
	} else if !isPoison(v) {
		return v
	}
	out := make(starlark.Tuple, len(parts))
	for i := range out {
		out[i] = spread(item(i), parts[i])
	}
	return out
}

func guardedLoop(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if isPoison(args[0]) {
		return starlark.Tuple{spread(args[0], args[1])}, nil
	}
	return args[0], nil
}

func guardedWhile(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return args[0], nil
}

func guardedRemainder(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if _, format := args[0].(starlark.String); format && !modest(args[1]) {
		return nil, errTooLarge
	}
	return starlark.Binary(syntax.PERCENT, args[0], args[1])
}

func compareFunc(op syntax.Token) builtinFunc {
	return func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		return compareValues(op, args[0], args[1])
	}
}

// compareValues orders two values, element by element where one is an array.
func compareValues(op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	if isPoison(x) || isPoison(y) {
		return starlark.False, nil
	}
	if isArray(x) || isArray(y) {
		return arrayCompare(op, x, y)
	}
	ok, err := starlark.Compare(op, x, y)
	return starlark.Bool(ok), err
}

// ifModest is a function of Starlark for values of a reasonable size.
func ifModest(name string) builtinFunc {
	f := starlark.Universe[name]
	return func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if !modest(args) {
			return nil, fmt.Errorf("%s: the value is too large, or nested too deeply; build a smaller one", name)
		}
		if name == "print" && slices.ContainsFunc(args, isPoison) {
			return starlark.None, nil
		}
		return starlark.Call(t, f, args, kwargs)
	}
}

// ifThere is hasattr or getattr, which may ask for what is not there: no mistake.
func ifThere(name string) builtinFunc {
	f := starlark.Universe[name]
	return func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if len(args) < 2 || name == "getattr" && len(args) < 3 {
			return starlark.Call(t, f, args, kwargs)
		}
		of, ok := args[0].(starlark.HasAttrs)
		attribute, isName := starlark.AsString(args[1])
		switch {
		case !isName || ok && slices.Contains(of.AttrNames(), attribute):
			return starlark.Call(t, f, args, kwargs)
		case name == "hasattr":
			return starlark.False, nil
		}
		return args[2], nil
	}
}

// guardedRange bounds range, so that nothing made of a range is boundless.
func guardedRange(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	for _, a := range args {
		if isPoison(a) {
			return starlark.NewList([]starlark.Value{a}), nil
		}
	}
	v, err := starlark.Call(t, starlark.Universe["range"], args, kwargs)
	if err == nil && starlark.Len(v) > maxElements {
		return nil, fmt.Errorf("a range of %d values; the most is %d", starlark.Len(v), maxElements)
	}
	return v, err
}

// guardedMethod gives the method of a value by its name, and for strings and
// lists one that looks at the size of its result first.
func guardedMethod(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	name := string(args[1].(starlark.String))
	switch v := args[0].(type) {
	case starlark.String:
		return starlark.NewBuiltin(name, textMethod(v, name)), nil
	case *starlark.List:
		if name == "extend" {
			return starlark.NewBuiltin(name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				return extend(v, args, kwargs)
			}), nil
		}
	}
	return starlark.Call(t, starlark.Universe["getattr"], args, nil)
}

func textMethod(text starlark.String, name string) builtinFunc {
	return func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if !modest(args) || textSize(string(text), name, args) > maxText {
			return nil, errTooLarge
		}
		for _, kw := range kwargs {
			if !modest(kw[1]) {
				return nil, errTooLarge
			}
		}
		method, err := text.Attr(name)
		if err != nil {
			return nil, err
		}
		return starlark.Call(t, method, args, kwargs)
	}
}

// textSize bounds the length of what a method of a string makes.
func textSize(text, name string, args starlark.Tuple) int {
	switch name {
	case "join":
		if len(args) == 1 {
			return len(text) * max(starlark.Len(args[0]), 1)
		}
	case "replace":
		if len(args) >= 2 {
			from, ok1 := starlark.AsString(args[0])
			to, ok2 := starlark.AsString(args[1])
			if ok1 && ok2 {
				return len(text) + strings.Count(text, from)*len(to)
			}
		}
	case "format":
		longest := 0
		for _, a := range args {
			if s, ok := starlark.AsString(a); ok {
				longest = max(longest, len(s))
			}
		}
		return len(text) + strings.Count(text, "{")*longest
	}
	return len(text)
}
