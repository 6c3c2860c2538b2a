package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma"
)

// objectValue is an ensemble, population or node in a model file.
type objectValue struct {
	s       *session
	of      soma.Endpoint // never a slice
	neurons *objectValue  // of an ensemble
	node    *nodeSource   // of a node of the file
	unsized bool          // its size is not known, because of a mistake
}

var (
	_ starlark.Sliceable = (*objectValue)(nil)
	_ starlark.Mapping   = (*objectValue)(nil)
	_ starlark.HasAttrs  = (*objectValue)(nil)
)

func (o *objectValue) kind() string {
	switch o.of.(type) {
	case *soma.Ensemble:
		return "ensemble"
	case *soma.Population:
		return "population"
	}
	return "node"
}

func (o *objectValue) name() string { return o.of.(pathed).Path() }

func (o *objectValue) String() string        { return fmt.Sprintf("<%s %q>", o.kind(), o.name()) }
func (o *objectValue) Type() string          { return o.kind() }
func (o *objectValue) Freeze()               {}
func (o *objectValue) Truth() starlark.Bool  { return true }
func (o *objectValue) Hash() (uint32, error) { return starlark.String(o.kind()).Hash() }

// AttrNames implements starlark.HasAttrs.
func (o *objectValue) AttrNames() []string {
	switch o.of.(type) {
	case *soma.Ensemble:
		return []string{"dimensions", "n", "name", "neurons", "radius"}
	case *soma.Population:
		return []string{"n", "name"}
	}
	return []string{"name", "size_in", "size_out"}
}

// Attr implements starlark.HasAttrs.
func (o *objectValue) Attr(name string) (starlark.Value, error) {
	if name == "name" {
		return starlark.String(o.name()), nil
	}
	switch of := o.of.(type) {
	case *soma.Ensemble:
		switch name {
		case "n":
			return starlark.MakeInt(of.N), nil
		case "dimensions":
			return starlark.MakeInt(of.Dimensions), nil
		case "radius":
			return starlark.Float(of.Radius), nil
		case "neurons":
			if o.neurons == nil {
				o.neurons = &objectValue{s: o.s, of: of.Neurons, unsized: o.unsized}
			}
			return o.neurons, nil
		}
	case *soma.Population:
		if name == "n" {
			return starlark.MakeInt(o.outputs()), nil
		}
	case *soma.Node:
		switch name {
		case "size_in":
			return starlark.MakeInt(of.SizeIn), nil
		case "size_out":
			return starlark.MakeInt(o.outputs()), nil
		}
	}
	return o.s.noAttribute(o.kind(), name, o.AttrNames())
}

// Len is the number of values that the object gives, or takes if those are more:
// a part of a node may be connected to.
func (o *objectValue) Len() int {
	n := o.outputs()
	if node, ok := o.of.(*soma.Node); ok {
		n = max(n, node.SizeIn)
	}
	return n
}

// outputs is the number of values that the object gives.
func (o *objectValue) outputs() int {
	switch of := o.of.(type) {
	case *soma.Ensemble:
		return of.Dimensions
	case *soma.Population:
		if e := of.Ensemble(); e != nil {
			return e.N
		}
		return of.N
	case *soma.Node:
		o.unsized = o.unsized || o.node != nil && !o.node.sized()
		return of.SizeOut
	}
	return 0
}

func (o *objectValue) Index(i int) starlark.Value { return o.slice(i, i+1, 1) }

// Get implements starlark.Mapping, for an index that can be reported.
func (o *objectValue) Get(k starlark.Value) (starlark.Value, bool, error) {
	i, err := starlark.AsInt32(k)
	n := o.Len()
	if isPoison(k) || o.unsized {
		return o.s.poison, true, nil
	}
	if err != nil {
		return o.s.noIndex(o.of.(pathed), describe(k)+" is no index", "give a whole number, or a slice such as [0:2]"), true, nil
	}
	at := i
	if at < 0 {
		at += n
	}
	if at < 0 || at >= n {
		return o.s.noIndex(o.of.(pathed), fmt.Sprintf("index %d of %d values", i, n), fmt.Sprintf("give an index from 0 to %d", n-1)), true, nil
	}
	return o.Index(at), true, nil
}

// noIndex reports an index and gives poison.
func (s *session) noIndex(owner pathed, problem, remedy string) starlark.Value {
	if s.thread != nil {
		s.record(mistake{err: &soma.Error{Pos: s.herePos(), Problem: problem, Remedy: remedy}, owner: owner})
	}
	return s.poison
}

// Slice implements starlark.Sliceable.
func (o *objectValue) Slice(start, stop, step int) starlark.Value { return o.slice(start, stop, step) }

func (o *objectValue) slice(start, stop, step int) starlark.Value {
	if o.unsized {
		return o.s.poison
	}
	v := &sliceValue{o, soma.Slice{Of: o.of, Start: start, Stop: stop, Step: step}}
	if step < 1 || start >= stop {
		return o.s.noIndex(o.of.(pathed), fmt.Sprintf("the slice has no values of the %d there are, or runs backwards", o.Len()), "give start:stop with start below stop")
	}
	return v
}

// sliceValue is a part of an object.
type sliceValue struct {
	object *objectValue
	part   soma.Slice
}

func (v *sliceValue) String() string {
	text := v.part.String()
	if v.object.name() == "" {
		text = v.object.kind() + text
	}
	return "<" + text + ">"
}
func (v *sliceValue) Type() string          { return "slice" }
func (v *sliceValue) Freeze()               {}
func (v *sliceValue) Truth() starlark.Bool  { return true }
func (v *sliceValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: slice") }

// Len is the number of values of the slice.
func (v *sliceValue) Len() int {
	_, _, n := v.part.Range(v.object.Len())
	return n
}

func (v *sliceValue) Index(i int) starlark.Value { return v.Slice(i, i+1, 1) }

// Slice implements starlark.Sliceable: a part of the part.
func (v *sliceValue) Slice(start, stop, step int) starlark.Value {
	if step < 1 || start >= stop {
		return v.object.s.noIndex(v.object.of.(pathed), fmt.Sprintf("the slice has no values of the %d there are, or runs backwards", v.Len()), "give start:stop with start below stop")
	}
	p := v.part
	return &sliceValue{v.object, soma.Slice{Of: p.Of, Start: p.Start + start*p.Step, Stop: p.Start + (stop-1)*p.Step + 1, Step: p.Step * step}}
}

// toEndpoint accepts an object or a part of one.
func toEndpoint(v starlark.Value) (soma.Endpoint, string) {
	switch v := v.(type) {
	case *objectValue:
		return v.of, ""
	case *sliceValue:
		return v.part, ""
	case *connectionValue:
		return v.Connection, ""
	case *weightsValue:
		return v.part, ""
	case *learningPart:
		return v.part, ""
	case *learningValue:
		return v.input(), ""
	case *networkValue, *netValue:
		return nil, "a network has no values of its own"
	}
	return nil, describe(v) + " is no ensemble, population or node"
}
