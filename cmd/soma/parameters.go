package main

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"soma/internal/param"
	"soma/neuron"
)

// brief lists the parameters of a model that matter at a glance: those with a
// unit, and those that are not at their default. A generator without start and
// stop is always on.
func brief(model any) string {
	if e, ok := model.(*neuron.Equations); ok {
		return equationsMethod(e)
	}
	if v, ok := model.(neuron.Varied); ok {
		return briefVaried(v)
	}
	return list(model, matters)
}

func matters(f param.Field, x float64) bool {
	always := x == 0 && (f.Name == "start" || f.Name == "stop")
	return f.Unit != "" && !always || x != f.DefaultValue()
}

// briefVaried says which parameters are every neuron's own.
func briefVaried(v neuron.Varied) string {
	var parts []string
	own := func(f param.Field) bool {
		return slices.ContainsFunc(v.Parameters, func(p neuron.Parameter) bool { return p.Name == f.Name })
	}
	for _, p := range v.Parameters {
		parts = append(parts, p.Name+" of each")
	}
	if rest := list(v.Model, func(f param.Field, x float64) bool { return !own(f) && matters(f, x) }); rest != "" {
		parts = append(parts, rest)
	}
	return strings.Join(parts, ", ")
}

// all lists every parameter.
func all(model any) string {
	return list(model, func(param.Field, float64) bool { return true })
}

func list(model any, which func(param.Field, float64) bool) string {
	model = param.Resolve(model)
	var parts []string
	for _, f := range param.Fields(model) {
		switch v := f.Value(model); f.Type.Kind() {
		case reflect.Float64:
			if x := v.Float(); which(f, x) && !math.IsInf(x, 0) {
				parts = append(parts, f.Name+" "+param.Quantity(x, f.Unit))
			}
		case reflect.Int:
			parts = append(parts, f.Name+" "+grouped(v.Int()))
		case reflect.Bool:
			if v.Bool() {
				parts = append(parts, spaced(f.Name))
			}
		case reflect.Interface:
			if !v.IsNil() {
				parts = append(parts, spaced(f.Name)+" "+partName(v.Interface()))
			}
		case reflect.Slice:
			if v.Len() > 0 {
				parts = append(parts, grouped(int64(v.Len()))+" "+spaced(f.Name))
			}
		}
	}
	return strings.Join(parts, ", ")
}

// partName is a model that is part of another, with its parameters.
func partName(part any) string {
	if m, ok := part.(neuron.Model); ok {
		return strings.TrimSpace(m.Spec().Name + " " + brief(m))
	}
	return described(part)
}

// typeName is the name of a value's type as in model files: LstsqL2 gives
// lstsq_l2.
func typeName(x any) string {
	t := reflect.TypeOf(x)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := t.Name()
	if name == "functionSignal" { // of a model file
		name = "function"
	}
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// described is a value with its parameters: "uniform(low -1, high 0.9)".
func described(x any) string {
	v := reflect.Indirect(reflect.ValueOf(x))
	switch v.Kind() {
	case reflect.Slice:
		return count(v.Len(), "value")
	case reflect.Float64:
		return fmt.Sprint(v)
	}
	if text := all(x); text != "" {
		return typeName(x) + "(" + text + ")"
	}
	return typeName(x)
}
