package main

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"soma/internal/param"
)

// brief lists the parameters of a model that matter at a glance: those with a
// unit, and those that are not at their default.
func brief(model any) string {
	return list(model, func(f param.Field, x float64) bool { return f.Unit != "" || x != f.DefaultValue() })
}

// all lists every parameter.
func all(model any) string {
	return list(model, func(param.Field, float64) bool { return true })
}

func list(model any, which func(param.Field, float64) bool) string {
	model = param.Resolve(model)
	var parts []string
	for _, f := range param.Fields(model) {
		if f.Type.Kind() != reflect.Float64 {
			continue
		}
		if x := f.Value(model).Float(); which(f, x) {
			parts = append(parts, f.Name+" "+param.Quantity(x, f.Unit))
		}
	}
	return strings.Join(parts, ", ")
}

// typeName is the name of a value's type as in model files: LstsqL2 gives
// lstsq_l2.
func typeName(x any) string {
	t := reflect.TypeOf(x)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var b strings.Builder
	for i, r := range strings.TrimSuffix(t.Name(), "Signal") {
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
