// Package param reads the parameters of a model from its struct tags: the one
// place where a parameter's name in model files, unit, default, range and
// meaning are written down. Resolving defaults, checking values, binding model
// files and generating the reference all go through it.
//
// A parameter is an exported field such as
//
//	TauRef float64 `param:"tau_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
//
// A float64 field left at 0 takes its default. Where the default is not 0 and
// the value 0 is wanted, the field is set to [Zero]. A whole number left at 0
// takes its default, too, and can then not be 0.
package param

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// Zero stands for the value 0 in a field whose zero value means "the default".
// Any arithmetic with it gives what 0 gives, to the last bit that matters;
// Resolve turns it into 0.
const Zero = math.SmallestNonzeroFloat64

// Field describes one parameter.
type Field struct {
	Name    string // in model files, snake_case
	GoName  string // in the struct
	Unit    string // SI unit, "" when dimensionless
	Default string // as written in the tag; "" when there is none
	Check   string // range, such as ">0" or "0..1"
	Doc     string
	Type    reflect.Type
	index   int
	number  float64 // Default, of a number
}

// known holds the fields of every type that was asked for: what its tags say
// never changes, and reading them takes longer than most of what models compute.
var known sync.Map // reflect.Type → []Field

// Fields lists the parameters of a struct (or pointer to one) in the order of
// its fields. The list is shared, and not to be changed.
func Fields(model any) []Field {
	t := reflect.TypeOf(model)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	if fields, ok := known.Load(t); ok {
		return fields.([]Field)
	}
	fields := fieldsOf(t)
	known.Store(t, fields)
	return fields
}

func fieldsOf(t reflect.Type) (fields []Field) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, ok := f.Tag.Lookup("param")
		if !ok {
			continue
		}
		field := Field{
			Name: name, GoName: f.Name, Unit: f.Tag.Get("unit"), Default: f.Tag.Get("default"),
			Check: f.Tag.Get("check"), Doc: f.Tag.Get("doc"), Type: f.Type, index: i,
		}
		if k := f.Type.Kind(); k == reflect.Float64 || k == reflect.Int {
			field.number = field.parse()
		}
		fields = append(fields, field)
	}
	return fields
}

// DefaultValue is the default of a parameter that is a number; no default is 0.
func (f *Field) DefaultValue() float64 { return f.number }

func (f *Field) parse() float64 {
	switch f.Default {
	case "":
		return 0
	case "-inf":
		return math.Inf(-1)
	case "inf":
		return math.Inf(1)
	}
	v, err := strconv.ParseFloat(f.Default, 64)
	if err != nil {
		panic(fmt.Sprintf("param: default of %s: %v", f.GoName, err)) // a slip in our source
	}
	return v
}

// Resolve returns the model with every number that was left at 0 at its default,
// and every Zero at 0. Models are kept as they were written and
// resolved where they are used: resolving twice would turn Zero into the
// default.
func Resolve[T any](model T) T {
	v := reflect.ValueOf(&model).Elem()
	target := v
	if v.Kind() == reflect.Interface {
		target = reflect.New(v.Elem().Type()).Elem()
		target.Set(v.Elem())
	}
	if target.Kind() == reflect.Struct {
		fields := Fields(target.Interface())
		for i := range fields {
			f := &fields[i]
			switch f.Type.Kind() {
			case reflect.Float64:
				resolveFloat(target.Field(f.index), f)
			case reflect.Int:
				if v := target.Field(f.index); v.Int() == 0 {
					v.SetInt(int64(f.DefaultValue()))
				}
			}
		}
	}
	if v.Kind() == reflect.Interface {
		v.Set(target)
	}
	return model
}

func resolveFloat(v reflect.Value, f *Field) {
	switch v.Float() {
	case 0:
		v.SetFloat(f.DefaultValue())
	case Zero:
		v.SetFloat(0)
	}
}

// SetFloat sets a float64 parameter of the struct that model points to, so that
// Resolve gives back exactly x: an explicit 0 becomes Zero where 0 would mean
// the default.
func SetFloat(model reflect.Value, f Field, x float64) {
	if x == 0 && f.DefaultValue() != 0 {
		x = Zero
	}
	model.Elem().Field(f.index).SetFloat(x)
}

// Value returns the field's value in a model.
func (f Field) Value(model any) reflect.Value {
	return reflect.Indirect(reflect.ValueOf(model)).Field(f.index)
}

// A Problem is a value out of its range, or a combination of values that cannot
// work.
type Problem struct {
	Field   string // name in model files
	Problem string // what is wrong, with the value
	Remedy  string
}

// Check compares every number of a resolved model with its range.
func Check(model any) []Problem {
	var problems []Problem
	for _, f := range Fields(model) {
		var x float64
		switch f.Type.Kind() {
		case reflect.Float64:
			x = f.Value(model).Float()
		case reflect.Int:
			x = float64(f.Value(model).Int())
		default:
			continue
		}
		if remedy := f.violated(x); remedy != "" {
			problems = append(problems, Problem{f.Name, Quantity(x, f.Unit) + " is out of range", remedy})
		}
	}
	return problems
}

// violated returns the remedy when x breaks the field's range, else "".
func (f Field) violated(x float64) string {
	unit := f.Unit
	if unit != "" {
		unit = " " + unit
	}
	switch {
	case math.IsNaN(x):
		return "give a number"
	case math.IsInf(x, 0) && !strings.HasSuffix(f.Default, "inf"):
		return "give a finite number"
	}
	switch check := f.Check; {
	case check == ">0" && x <= 0:
		return "give a value above 0" + unit
	case check == ">=0" && x < 0:
		return "give 0 or a positive value"
	case strings.Contains(check, ".."):
		low, high, _ := strings.Cut(check, "..")
		l, _ := strconv.ParseFloat(low, 64)
		h, _ := strconv.ParseFloat(high, 64)
		if x < l || x > h {
			return "give a value from " + low + " to " + high + unit
		}
	}
	return ""
}

// Quantity writes a value with its unit, with an SI prefix where the unit is
// one that takes it: 0.002 s is "2 ms".
func Quantity(x float64, unit string) string {
	if unit == "" || x == 0 || math.IsInf(x, 0) || math.IsNaN(x) || strings.ContainsAny(unit, "/ ") {
		return strings.TrimSpace(fmt.Sprintf("%.6g %s", x, unit))
	}
	prefixes := []struct {
		factor float64
		name   string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}, {1e-3, "m"}, {1e-6, "u"}, {1e-9, "n"}, {1e-12, "p"}, {1e-15, "f"}}
	for _, p := range prefixes {
		if math.Abs(x) >= p.factor*0.99999 && (unit != "s" || p.factor <= 1) {
			return fmt.Sprintf("%.6g %s", x/p.factor, prefixed(p.name, unit))
		}
	}
	return fmt.Sprintf("%.6g %s", x, unit)
}

// prefixed joins a prefix and a unit as model files spell it: MOhm, but ohm.
func prefixed(prefix, unit string) string {
	if unit == "ohm" && prefix != "" {
		unit = "Ohm"
	}
	return prefix + unit
}

// AtLeastOne raises whole numbers whose range begins above 0 to 1: something of
// that size can then be made, whatever was wrong.
func AtLeastOne(model any) {
	for _, f := range Fields(model) {
		if v := f.Value(model); f.Type.Kind() == reflect.Int && f.Check == ">0" && v.Int() < 1 {
			v.SetInt(1)
		}
	}
}
