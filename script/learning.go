package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma"
	"soma/learn"
)

// learning reads the learning rules of a connection: one, or a list.
func (c *call) learning(conn *soma.Connection) {
	if !c.given("learning") || c.skipSpoilt("learning") {
		return
	}
	values := []starlark.Value{c.value("learning")}
	if list, ok := values[0].(starlark.Sequence); ok {
		values = nil
		for v := range starlark.Elements(list) {
			values = append(values, v)
		}
	}
	for _, v := range values {
		if _, bad := v.(*spoiltStruct); bad || isPoison(v) {
			c.spoil("learning")
			return
		}
		if e, ok := v.(*learnEquationsValue); ok {
			conn.Learning = append(conn.Learning, e.Equations)
			continue
		}
		if s, ok := v.(*structValue); ok {
			if rule, ok := s.interfaceOf().(learn.Rule); ok {
				conn.Learning = append(conn.Learning, rule)
				continue
			}
		}
		c.report("learning", describe(v)+" is no learning rule", "give one, such as learn.pes(learning_rate = 1e-4), or a list of them")
		return
	}
}

// connectionValue is a connection in a model file.
type connectionValue struct {
	*soma.Connection
	s *session
}

var (
	_ starlark.HasAttrs  = (*connectionValue)(nil)
	_ starlark.Mapping   = (*connectionValue)(nil)
	_ starlark.Sliceable = (*connectionValue)(nil)
)

func (v *connectionValue) String() string        { return "<connection " + v.Path() + ">" }
func (v *connectionValue) Type() string          { return "connection" }
func (v *connectionValue) Freeze()               {}
func (v *connectionValue) Truth() starlark.Bool  { return true }
func (v *connectionValue) Hash() (uint32, error) { return starlark.String("connection").Hash() }

// AttrNames implements starlark.HasAttrs.
func (v *connectionValue) AttrNames() []string { return []string{"learning", "name"} }

// Attr implements starlark.HasAttrs.
func (v *connectionValue) Attr(name string) (starlark.Value, error) {
	switch name {
	case "name":
		return starlark.String(v.Path()), nil
	case "learning":
		return &learningValue{connection: v}, nil
	}
	return v.s.noAttribute("connection", name, v.AttrNames())
}

// maxWeights stands for the number of weights, which shows only when the
// connection is built.
const maxWeights = 1 << 30

// Len implements starlark.Sliceable.
func (v *connectionValue) Len() int { return maxWeights }

// Index implements starlark.Indexable: one weight.
func (v *connectionValue) Index(i int) starlark.Value { return v.Slice(i, i+1, 1) }

// Get implements starlark.Mapping, for an index that can be reported.
func (v *connectionValue) Get(k starlark.Value) (starlark.Value, bool, error) {
	i, err := starlark.AsInt32(k)
	switch {
	case isPoison(k):
		return v.s.poison, true, nil
	case err != nil || i < 0:
		return v.s.noIndex(v.Connection, describe(k)+" is no index of a weight", "give a whole number from 0, or a slice such as [0:20]"), true, nil
	}
	return v.Index(i), true, nil
}

// Slice implements starlark.Sliceable: some of the weights.
func (v *connectionValue) Slice(start, stop, step int) starlark.Value {
	if step < 1 || start >= stop || stop >= maxWeights {
		return v.s.noIndex(v.Connection, "a slice of weights without an end, or without weights", "give start:stop with start below stop, counted from 0")
	}
	return &weightsValue{v, soma.Slice{Of: v.Connection, Start: start, Stop: stop, Step: step}}
}

// weightsValue is some of the weights of a connection.
type weightsValue struct {
	connection *connectionValue
	part       soma.Slice
}

func (v *weightsValue) String() string        { return "<" + v.part.String() + ">" }
func (v *weightsValue) Type() string          { return "weights" }
func (v *weightsValue) Freeze()               {}
func (v *weightsValue) Truth() starlark.Bool  { return true }
func (v *weightsValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: weights") }

// learningValue is the input of a learning rule; of the first, until one is chosen
// by an index. A further index, or slice, gives some of its values.
type learningValue struct {
	connection *connectionValue
	index      int
	chosen     bool
}

var (
	_ starlark.Mapping   = (*learningValue)(nil)
	_ starlark.Sliceable = (*learningValue)(nil)
)

func (v *learningValue) input() soma.LearningInput { return v.connection.LearningInput(v.index) }
func (v *learningValue) String() string            { return "<" + v.input().Path() + ">" }
func (v *learningValue) Type() string              { return "learning" }
func (v *learningValue) Freeze()                   {}
func (v *learningValue) Truth() starlark.Bool      { return true }
func (v *learningValue) Hash() (uint32, error)     { return 0, fmt.Errorf("unhashable: learning") }

// Len is the number of values that the rule takes.
func (v *learningValue) Len() int { return v.input().Size() }

// Get implements starlark.Mapping: the rule of an index, and one of its values.
func (v *learningValue) Get(k starlark.Value) (starlark.Value, bool, error) {
	s := v.connection.s
	i, err := starlark.AsInt32(k)
	n, what, from := len(v.connection.Learning), "rule", "give the number of a rule, from 0"
	if v.chosen {
		n, what, from = v.Len(), "value", "give the number of a value, from 0"
	}
	switch {
	case isPoison(k) || n == 0 && s.mistaken(v.connection.Connection):
		return s.poison, true, nil
	case err != nil || i < 0 || i >= n:
		return s.noIndex(v.connection.Connection, fmt.Sprintf("%s %s of %d", what, describe(k), n), from), true, nil
	case v.chosen:
		return v.Index(i), true, nil
	}
	return &learningValue{v.connection, i, true}, true, nil
}

// Index implements starlark.Indexable: one value.
func (v *learningValue) Index(i int) starlark.Value { return v.Slice(i, i+1, 1) }

// Slice implements starlark.Sliceable: some of the values.
func (v *learningValue) Slice(start, stop, step int) starlark.Value {
	switch {
	case !v.chosen:
		return v.connection.s.noIndex(v.connection.Connection, "a slice of learning rules", "choose a rule first: learning[0][0:2] are two of its values")
	case step < 1 || start >= stop:
		return v.connection.s.noIndex(v.connection.Connection, fmt.Sprintf("the slice has no values of the %d there are, or runs backwards", v.Len()), "give start:stop with start below stop")
	}
	return &learningPart{soma.Slice{Of: v.input(), Start: start, Stop: stop, Step: step}}
}

// learningPart is some of the values that a learning rule takes.
type learningPart struct{ part soma.Slice }

func (v *learningPart) String() string        { return "<" + v.part.String() + ">" }
func (v *learningPart) Type() string          { return "learning" }
func (v *learningPart) Freeze()               {}
func (v *learningPart) Truth() starlark.Bool  { return true }
func (v *learningPart) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: learning") }
