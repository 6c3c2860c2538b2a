package script

import (
	"fmt"
	"reflect"
	"slices"

	"go.starlark.net/starlark"

	"soma"
	"soma/internal/param"
	"soma/nef"
)

// netModel is a struct whose Add makes a network inside of another, of package
// nef or spa. Its parameters and its ends come from the struct tags.
type netModel struct {
	model
	add func(spec any, net *soma.Network) any
}

// adds describes a network that model files can make.
func adds[S any](name string, required int, doc string, add func(S, *soma.Network, string) *S) netModel {
	var zero S
	return netModel{model{name, zero, required, doc}, func(spec any, net *soma.Network) any { return add(spec.(S), net, "") }}
}

// netModels are the networks of each namespace. A new network is one more line
// here.
var netModels = map[string][]netModel{"nef": nefNets, "spa": spaNets}

var nefNets = []netModel{
	adds("ensemble_array", 2, "a long vector represented by many small ensembles, each of a part of it. `array.ensembles` are the ensembles; `array.add_output(name, function)` adds a node of that name that gives a function of what each represents; `array.add_neuron_input()` and `array.add_neuron_output()` add nodes with a value for each neuron", nef.EnsembleArray.Add),
	adds("product", 2, "multiplies two vectors element by element", nef.Product.Add),
	adds("dot_product", 2, "the dot product of two vectors", nef.DotProduct.Add),
	adds("circular_convolution", 2, "binds two vectors by circular convolution", nef.CircularConvolution.Add),
	adds("matrix_multiplication", 4, "multiplies two matrices, given as vectors, row by row", nef.MatrixMultiplication.Add),
	adds("integrator", 2, "holds a vector and adds to it the integral of its input", nef.Integrator.Add),
	adds("oscillator", 3, "turns a vector of two values with a frequency", nef.Oscillator.Add),
	adds("gated_memory", 2, "stores a vector while its gate is 0, and holds it while the gate is 1", nef.GatedMemory.Add),
	adds("basal_ganglia", 1, "selects an action: 0 for the largest input, negative for the others", nef.BasalGanglia.Add),
	adds("thalamus", 1, "turns the output of basal_ganglia into 1 for the selected action and 0 for the others", nef.Thalamus.Add),
	adds("thresholding", 2, "passes values above a threshold on; with inhibit_scale only the largest", nef.Thresholding.Add),
	adds("independent_accumulators", 2, "chooses one of several inputs by integrating them until the first reaches a threshold", nef.IndependentAccumulators.Add),
	adds("associative_memory", 1, "for an input that is similar to some of its items gives the output vectors that belong to them", nef.AssociativeMemory.Add),
}

// netSignature describes the function that makes a network of a kind.
func netSignature(space string, m netModel) *signature {
	sig := signatureOf(space, m.model)
	within := parameter{name: "network", kind: "network", required: true, doc: "where it is made, such as `model`"}
	sig.params = slices.Concat([]parameter{within}, sig.params, []parameter{nameParameter})
	sig.byPosition = len(sig.params) - 1
	return sig
}

// adder is the function that makes a network of a kind.
func (s *session) adder(space string, m netModel) *function {
	return &function{sig: netSignature(space, m), s: s, run: func(c *call) starlark.Value {
		net := c.network("network")
		spec, given := c.fields(m.zero)
		if c.bad || net == nil {
			return s.poison
		}
		for _, p := range nef.Check(spec) {
			c.reportField(p, given)
		}
		if c.bad {
			return s.poison
		}
		return s.madeNet(c, net, m.add(spec, net))
	}}
}

// fields sets the parameters of a struct from the arguments.
func (c *call) fields(zero any) (spec any, given map[string]*structValue) {
	target := reflect.New(reflect.TypeOf(zero))
	given = map[string]*structValue{}
	for _, f := range param.Fields(zero) {
		name := nameOf(f)
		arg, known := c.param(name)
		if !known {
			continue
		}
		if arg == nil || c.skipSpoilt(name) || f.Type.Kind() == reflect.Interface && f.Type != synapseType && arg == starlark.None {
			continue
		}
		if f.Type == vocabularyType {
			target.Elem().FieldByName(f.GoName).Set(reflect.ValueOf(c.vocabulary(name)))
			continue
		}
		if problem := setField(target, f, arg); problem != "" {
			c.report(name, problem, "give "+indefiniteKind(kindOf(f)))
		} else if f.Type.Kind() == reflect.Int && f.Check == ">0" && f.Value(target.Interface()).Int() == 0 {
			c.report(name, "0 is out of range", "give a value above 0")
		}
		if v, ok := arg.(*structValue); ok {
			given[name] = v
		}
	}
	return target.Elem().Interface(), given
}

// reportField reports what is wrong with a parameter, or with one of its own
// parameters.
func (c *call) reportField(p param.Problem, given map[string]*structValue) {
	for _, f := range c.sig.params {
		inner, nested := cutField(p.Field, f.name)
		if !nested && p.Field != f.name {
			continue
		}
		pos := c.argumentPos(f.name)
		if v := given[f.name]; nested && v != nil {
			if at, ok := v.positions[inner]; ok {
				pos = at
			}
		}
		c.spoil(f.name)
		c.reportAt(pos, p.Field, p.Problem, p.Remedy)
		return
	}
	c.reportAt(c.pos, p.Field, p.Problem, p.Remedy)
}

// cutField gives the part of a field's name behind that of another.
func cutField(field, outer string) (inner string, ok bool) {
	if len(field) > len(outer) && field[:len(outer)] == outer && field[len(outer)] == '.' {
		return field[len(outer)+1:], true
	}
	return "", false
}

// network reads a network; nil when there is none.
func (c *call) network(name string) *soma.Network {
	switch v := c.value(name).(type) {
	case nil:
	case *networkValue:
		return v.Network
	case *netValue:
		return v.net
	default:
		c.report(name, describe(v)+" is no network", "give what Network(…) made, such as model")
	}
	return nil
}

// madeNet is a new network as model files see it.
func (s *session) madeNet(c *call, outer *soma.Network, of any) starlark.Value {
	v := s.newNetValue(c.sig.name, of)
	s.describe(c, v.net, &v.net.Name)
	v.net.Place(c.pos)
	v.net.FieldPos = c.positions()
	s.add(&made{value: v, net: outer, kind: v.Type(), name: &v.net.Name, object: v.net, call: c})
	return v
}

// netValue is a network of a kind: its ends are its attributes.
type netValue struct {
	s    *session
	kind string // "nef.product"
	of   any    // pointer to the struct
	net  *soma.Network
	ends map[string]starlark.Value // those asked for
}

func (s *session) newNetValue(kind string, of any) *netValue {
	net := reflect.ValueOf(of).Elem().FieldByName("Network").Interface().(*soma.Network)
	return &netValue{s: s, kind: kind, of: of, net: net, ends: map[string]starlark.Value{}}
}

func (v *netValue) String() string        { return fmt.Sprintf("<%s %q>", v.kind, v.net.Path()) }
func (v *netValue) Type() string          { return v.kind[len("nef."):] }
func (v *netValue) Freeze()               {}
func (v *netValue) Truth() starlark.Bool  { return true }
func (v *netValue) Hash() (uint32, error) { return starlark.String(v.kind).Hash() }

// end is a field of a network's struct to connect to or from, or to look into.
type end struct {
	name, doc string
	index     int
}

// endsOf lists the ends of a network's struct.
func endsOf(spec any) []end {
	t := reflect.TypeOf(spec)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var list []end
	for i := range t.NumField() {
		if name, ok := t.Field(i).Tag.Lookup("end"); ok {
			list = append(list, end{name, t.Field(i).Tag.Get("doc"), i})
		}
	}
	return list
}

// AttrNames implements starlark.HasAttrs.
func (v *netValue) AttrNames() []string {
	names := append(v.endNames(), "name")
	if _, ok := v.of.(*nef.EnsembleArray); ok {
		names = append(names, "ensembles")
		for name := range v.s.arrayMethods(v) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// endNames are what the network has to be connected and probed.
func (v *netValue) endNames() (names []string) {
	for _, e := range endsOf(v.of) {
		if !reflect.ValueOf(v.of).Elem().Field(e.index).IsNil() {
			names = append(names, e.name)
		}
	}
	return names
}

// Attr implements starlark.HasAttrs.
func (v *netValue) Attr(name string) (starlark.Value, error) {
	if name == "name" {
		return starlark.String(v.net.Path()), nil
	}
	if made, ok := v.ends[name]; ok {
		return made, nil
	}
	value := v.end(name)
	if array, ok := v.of.(*nef.EnsembleArray); ok && value == nil {
		if value = v.s.arrayMethods(v)[name]; name == "ensembles" {
			value = v.s.ensembles(array)
		}
	}
	if value == nil {
		return v.s.noAttribute(v.Type(), name, v.AttrNames())
	}
	v.ends[name] = value
	return value, nil
}

// end is the end of that name; nil when there is none.
func (v *netValue) end(name string) starlark.Value {
	for _, e := range endsOf(v.of) {
		field := reflect.ValueOf(v.of).Elem().Field(e.index)
		if e.name != name || field.IsNil() {
			continue
		}
		if of, ok := field.Interface().(soma.Endpoint); ok {
			return &objectValue{s: v.s, of: of}
		}
		return v.s.newNetValue("nef."+name, field.Interface())
	}
	return nil
}
