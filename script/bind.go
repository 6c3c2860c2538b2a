package script

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"soma"
	"soma/internal/param"
)

// structValue is a value of the table in models.go, as model files see it.
type structValue struct {
	name  string        // "neuron.LIF"
	value reflect.Value // pointer to the struct, as it was written
	given []string      // the parameters given, in the order of the fields
	// varied are the parameters of a point neuron that have a value for each neuron.
	varied []variedValue

	positions map[string]soma.Position // where they were given
}

// plain is the struct itself, with what is the same for all neurons.
func (v *structValue) plain() any { return v.value.Elem().Interface() }

// interfaceOf gives the value as the Go packages take it.
func (v *structValue) interfaceOf() any {
	if len(v.varied) > 0 {
		return v.variedModel()
	}
	return v.plain()
}

func (v *structValue) Type() string          { return v.name }
func (v *structValue) Freeze()               {}
func (v *structValue) Truth() starlark.Bool  { return true }
func (v *structValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: %s", v.name) }

// String writes the value as in a model file.
func (v *structValue) String() string {
	var args []string
	for _, name := range v.given {
		if field, err := v.Attr(name); err == nil && field != nil {
			args = append(args, name+" = "+field.String())
		}
	}
	return v.name + "(" + strings.Join(args, ", ") + ")"
}

// Attr implements starlark.HasAttrs: parameters can be read.
func (v *structValue) Attr(name string) (starlark.Value, error) {
	for _, each := range v.varied {
		if each.Name == name {
			return each.written, nil
		}
	}
	resolved := param.Resolve(v.plain())
	for _, f := range param.Fields(resolved) {
		if f.Name == name {
			return fromGo(f.Value(resolved)), nil
		}
		if positive, ok := allows(f); ok && positive == name {
			return starlark.Bool(!f.Value(resolved).Bool()), nil
		}
	}
	return nil, nil
}

// AttrNames implements starlark.HasAttrs.
func (v *structValue) AttrNames() []string {
	var names []string
	for _, f := range param.Fields(v.plain()) {
		names = append(names, nameOf(f))
	}
	return names
}

// signatureOf describes the function that makes a model.
func signatureOf(space string, m model) *signature {
	sig := &signature{name: space + "." + m.name, doc: m.doc}
	for i, f := range param.Fields(m.zero) {
		sig.params = append(sig.params, parameter{
			name: nameOf(f), kind: kindOf(f), def: defaultOf(f, i < m.required), doc: docOf(f), required: i < m.required,
		})
	}
	sig.byPosition = len(sig.params)
	return sig
}

// allows gives the name under which model files offer a field that forbids
// something, such as no_autapses: as what is allowed, True by default.
func allows(f param.Field) (name string, ok bool) {
	name, ok = strings.CutPrefix(f.Name, "no_")
	return name, ok && f.Type.Kind() == reflect.Bool
}

func nameOf(f param.Field) string {
	if name, ok := allows(f); ok {
		return name
	}
	return f.Name
}

func docOf(f param.Field) string {
	if _, ok := allows(f); ok {
		return "False: " + f.Doc
	}
	return f.Doc
}

func kindOf(f param.Field) string {
	if f.Type == vocabularyType {
		return "vocabulary"
	}
	switch f.Type.Kind() {
	case reflect.Float64:
		if f.Unit != "" {
			return f.Unit
		}
		return "number"
	case reflect.Bool:
		return "True or False"
	case reflect.Pointer:
		return "number"
	case reflect.Int:
		return "whole number"
	case reflect.String:
		return "string"
	case reflect.Slice:
		switch f.Type.Elem().Kind() {
		case reflect.Slice:
			return "matrix"
		case reflect.Int:
			return "list of whole numbers"
		}
		return "list of numbers"
	}
	if f.Type == profileType {
		return "function of d"
	}
	if f.Type.Kind() == reflect.Interface {
		return kindOfInterface(f.Type)
	}
	return f.Type.Name()
}

func defaultOf(f param.Field, required bool) string {
	_, allowed := allows(f)
	switch {
	case required:
		return ""
	case allowed:
		return "True"
	case f.Type.Kind() == reflect.Bool:
		return "False"
	case f.Type.Kind() == reflect.Float64:
		if f.Default == "" {
			return "0"
		}
		if math.IsInf(f.DefaultValue(), 0) {
			return "" // no bound
		}
		return withUnit(f.DefaultValue(), f.Unit)
	}
	return f.Default
}

// withUnit writes a value as in a model file: "20*ms".
func withUnit(x float64, unit string) string {
	if unit == "" {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	text := param.Quantity(x, unit)
	number, name, ok := strings.Cut(text, " ")
	if !ok || !unitNames[name] {
		return text
	}
	return number + "*" + name
}

// maker is the function that makes a model.
func (s *session) maker(space string, m model) *function {
	return &function{sig: signatureOf(space, m), s: s, run: func(c *call) starlark.Value {
		v := &structValue{name: c.sig.name, value: reflect.New(reflect.TypeOf(m.zero)), positions: c.positions()}
		for _, f := range param.Fields(m.zero) {
			name := nameOf(f)
			if arg := c.value(name); arg != nil && !c.skipSpoilt(name) {
				v.given = append(v.given, name)
				if f.Type == profileType {
					c.kernel(v.value, f.GoName, name)
					continue
				}
				if varies(m.zero, f, arg) {
					c.vary(v, f, arg)
					continue
				}
				if problem := setField(v.value, f, arg); problem != "" {
					c.report(name, problem, "give "+indefiniteKind(kindOf(f)))
				}
			}
		}
		if c.bad {
			return &spoiltStruct{v}
		}
		return v
	}}
}

func indefiniteKind(kind string) string {
	switch kind {
	case "number", "matrix", "string", "whole number", "list of numbers", "list of whole numbers":
		return "a " + kind
	case "neuron model", "distribution", "solver", "signal":
		return indefinite(kind) + ", such as " + exampleOf[kind]
	case "True or False":
		return kind
	case "synapse, s, or None":
		return "a time constant, such as 10*ms, a synapse, or None"
	}
	return "a number in " + kind
}

// spoiltStruct is a struct whose arguments were wrong: it can be used, and
// nothing that follows from it is reported.
type spoiltStruct struct{ *structValue }

// setField sets a field from a value, or says what is wrong with it.
func setField(target reflect.Value, f param.Field, arg starlark.Value) string {
	field := target.Elem().FieldByName(f.GoName)
	switch f.Type.Kind() {
	case reflect.Float64:
		x, problem := toFloat(arg)
		if problem == "" {
			param.SetFloat(target, f, x)
		}
		return problem
	case reflect.Pointer:
		x, problem := toFloat(arg)
		field.Set(reflect.ValueOf(&x))
		return problem
	case reflect.Bool:
		b, ok := arg.(starlark.Bool)
		if !ok {
			return describe(arg) + " is neither True nor False"
		}
		_, inverted := allows(f)
		field.SetBool(bool(b) != inverted)
	case reflect.Int:
		n, problem := toWhole(arg, maxSynapses)
		field.SetInt(int64(n))
		return problem
	case reflect.String:
		text, ok := starlark.AsString(arg)
		if !ok {
			return describe(arg) + " is no string"
		}
		field.SetString(text)
	case reflect.Interface:
		part, problem := toInterface(arg, f.Type)
		if problem == "" {
			field.Set(reflect.ValueOf(part))
		}
		return problem
	case reflect.Slice:
		if f.Type.Elem().Kind() == reflect.Slice {
			rows, problem := toRows(arg)
			if problem == "" {
				field.Set(reflect.ValueOf(rows))
			}
			return problem
		}
		if f.Type.Elem().Kind() == reflect.Int {
			list, problem := toWholes(arg)
			field.Set(reflect.ValueOf(list))
			return problem
		}
		list, problem := toFloats(arg)
		if problem == "" {
			field.Set(reflect.ValueOf(list))
		}
		return problem
	}
	return ""
}

// fromGo is a field's value for model files.
func fromGo(v reflect.Value) starlark.Value {
	switch v.Kind() {
	case reflect.Float64:
		return starlark.Float(v.Float())
	case reflect.Bool:
		return starlark.Bool(v.Bool())
	case reflect.Int:
		return starlark.MakeInt64(v.Int())
	case reflect.String:
		return starlark.String(v.String())
	}
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return starlark.Float(v.Elem().Float())
	case v.Kind() == reflect.Interface && !v.IsNil():
		return partOf(v.Interface())
	}
	switch list := v.Interface().(type) {
	case []float64:
		return vector(list)
	case [][]float64:
		return matrix(list)
	}
	return starlark.None
}
