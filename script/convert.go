package script

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"

	"soma/dist"
	"soma/synapse"
)

// The functions here turn values of a model file into Go values; the string
// says what is wrong with the value, or is empty.

func toFloat(v starlark.Value) (float64, string) {
	if a, ok := v.(*array); ok && len(a.data) == 1 {
		return a.data[0], ""
	}
	x, ok := starlark.AsFloat(v)
	switch {
	case !ok:
		return 0, describe(v) + " is no number"
	case math.IsNaN(x) || math.IsInf(x, 0):
		return 0, describe(v) + " is no finite number"
	}
	return x, ""
}

func toInt(v starlark.Value) (int, string) { return toWhole(v, maxSize) }

func toWhole(v starlark.Value, most float64) (int, string) {
	x, problem := toFloat(v)
	switch {
	case problem != "":
		return 0, problem
	case x != math.Floor(x):
		return 0, describe(v) + " is no whole number"
	case math.Abs(x) > most:
		return 0, fmt.Sprintf("%s is more than %.0f", describe(v), most)
	}
	return int(x), ""
}

// toFloats accepts a number, a list or an array of one dimension.
func toFloats(v starlark.Value) ([]float64, string) {
	a, err := toArray(v)
	switch {
	case err != nil:
		return nil, err.Error()
	case len(a.shape) > 1:
		return nil, describe(v) + " has more than one dimension"
	}
	return a.data, a.infinite()
}

// infinite says whether a value is no finite number, and which.
func (a *array) infinite() string {
	for i, x := range a.data {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Sprintf("value %d is %g, no finite number", i, x)
		}
	}
	return ""
}

// toRows accepts a matrix; a list of numbers is taken as rows of one value.
func toRows(v starlark.Value) ([][]float64, string) {
	a, err := toArray(v)
	switch {
	case err != nil:
		return nil, err.Error()
	case len(a.shape) > 2:
		return nil, describe(v) + " has more than two dimensions"
	case len(a.data) == 0:
		return nil, describe(v) + " has no values"
	}
	width := 1
	if len(a.shape) == 2 {
		width = a.shape[1]
	}
	rows := make([][]float64, len(a.data)/width)
	for i := range rows {
		rows[i] = a.data[i*width : (i+1)*width : (i+1)*width]
	}
	return rows, a.infinite()
}

// toDistribution accepts a distribution, a number, or given values.
func toDistribution(v starlark.Value) (dist.Distribution, string) {
	switch v := v.(type) {
	case *structValue:
		if d, ok := v.interfaceOf().(dist.Distribution); ok {
			return d, ""
		}
		return nil, describe(v) + " is no distribution"
	case samples:
		return v.Samples, ""
	case starlark.Int, starlark.Float:
		x, problem := toFloat(v)
		return dist.Constant{Value: x}, problem
	}
	rows, problem := toRows(v)
	return dist.Samples(rows), problem
}

// toSynapse accepts a synapse, None, the time constant of a lowpass, or a list of
// these, one for each value.
func toSynapse(v starlark.Value) (synapse.Synapse, string) {
	switch v := v.(type) {
	case starlark.NoneType:
		return synapse.None{}, ""
	case starlark.Int, starlark.Float:
		tau, problem := toFloat(v)
		return synapse.Lowpass{Tau: tau}, problem
	case *structValue:
		if s, ok := v.interfaceOf().(synapse.Synapse); ok {
			return s, ""
		}
	case *array:
		taus, problem := toFloats(v)
		return synapse.Lowpasses(taus...), problem
	case *starlark.List:
		return toSynapses(v)
	case starlark.Tuple:
		return toSynapses(v)
	}
	return nil, describe(v) + " is no synapse"
}

// toSynapses gives each value a synapse of its own.
func toSynapses(list starlark.Iterable) (synapse.Synapse, string) {
	each := synapse.Each{}
	for v := range starlark.Elements(list) {
		if _, again := v.(starlark.Sequence); again {
			return nil, "the list has a list in it"
		}
		s, problem := toSynapse(v)
		if problem != "" {
			return nil, fmt.Sprintf("value %d of the list: %s", len(each), problem)
		}
		each = append(each, s)
	}
	return each, ""
}

// samples are given values as a distribution.
type samples struct {
	starlark.Value // an array
	dist.Samples
}

// flat is the same values in one dimension.
func (s samples) flat() starlark.Value {
	var values []float64
	for _, row := range s.Samples {
		values = append(values, row...)
	}
	return vector(values)
}

func (s samples) Type() string   { return "dist.samples" }
func (s samples) String() string { return "dist.samples(" + s.Value.String() + ")" }

// number and the other methods of a call read an argument, report what is wrong
// with it, and else keep what is there.

func (c *call) number(name string, into *float64) {
	if !c.given(name) {
		return
	}
	x, problem := toFloat(c.value(name))
	if problem != "" {
		c.report(name, problem, "give a number")
		return
	}
	*into = x
}

func (c *call) whole(name string, into *int) {
	if !c.given(name) {
		return
	}
	n, problem := toInt(c.value(name))
	if problem != "" {
		c.report(name, problem, "give a whole number")
		return
	}
	*into = n
}

func (c *call) text(name string, into *string) {
	if !c.given(name) {
		return
	}
	text, ok := starlark.AsString(c.value(name))
	if !ok {
		c.report(name, describe(c.value(name))+" is no string", "write it in quotes")
		return
	}
	*into = text
}

func (c *call) distribution(name string, into *dist.Distribution) {
	if !c.given(name) || c.skipSpoilt(name) {
		return
	}
	d, problem := toDistribution(c.value(name))
	if problem != "" {
		c.report(name, problem, "give a distribution, such as dist.uniform(0, 1), or the values themselves")
		return
	}
	*into = d
}

func (c *call) synapse(name string, into *synapse.Synapse) {
	if c.value(name) == nil || c.skipSpoilt(name) {
		return
	}
	s, problem := toSynapse(c.value(name))
	if problem != "" {
		c.report(name, problem, "give a time constant, such as 10*ms, a synapse, None, or a list with one for each value")
		return
	}
	*into = s
}

// skipSpoilt passes over a struct whose mistakes are reported already.
func (c *call) skipSpoilt(name string) bool {
	if _, bad := c.value(name).(*spoiltStruct); bad {
		c.spoil(name)
		return true
	}
	return false
}
