package nef

import (
	"fmt"
	"path"
	"reflect"
	"runtime"
	"slices"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
	"soma/synapse"
)

// Check reports what is wrong with the parameters of a network of this package,
// or of package spa.
func Check(spec any) []param.Problem {
	if c, ok := spec.(interface{ Check() []param.Problem }); ok {
		return c.Check()
	}
	return CheckFields(spec)
}

// CheckFields compares parameters with the ranges in their tags, and checks the
// neuron models, synapses and distributions among them.
func CheckFields(spec any) []param.Problem {
	problems := param.Check(param.Resolve(spec))
	for _, f := range param.Fields(spec) {
		var inner []param.Problem
		switch v := f.Value(spec).Interface().(type) {
		case neuron.Model:
			inner = neuron.Check(v)
		case synapse.Synapse:
			inner = synapse.Check(v)
		case dist.Distribution:
			inner = dist.Check(v)
		}
		for _, p := range inner {
			if p.Field != "" {
				p.Field = "." + p.Field
			}
			p.Field = f.Name + p.Field
			problems = append(problems, p)
		}
	}
	return problems
}

// Begin adds the network for a spec, and gives the spec with its defaults. What
// is wrong with it is noted, and counts that are out of range become 1, so that
// there is something to connect to.
func Begin[S any](net *soma.Network, name string, spec S) (*soma.Network, S) {
	sub := net.Network(name)
	t := reflect.TypeFor[S]()
	sub.Kind = path.Base(t.PkgPath()) + "." + t.Name()
	for _, p := range Check(spec) {
		sub.Report(p.Field, p.Problem, p.Remedy)
	}
	spec = param.Resolve(spec)
	param.AtLeastOne(&spec)
	return sub, spec
}

// Finish says that everything in a network was made where Add was called. It
// must be called directly by the exported method that the user calls.
func Finish(net *soma.Network) {
	if _, file, line, ok := runtime.Caller(2); ok {
		net.Place(soma.Position{File: file, Line: line})
	}
}

// direct connects without a synapse.
func direct(net *soma.Network, from, to soma.Endpoint) *soma.Connection {
	conn := net.Connect(from, to)
	conn.Synapse = synapse.None{}
	return conn
}

// orNeuron is a model, or the default one.
func orNeuron(m neuron.Model) neuron.Model {
	if m == nil {
		return neuron.LIF{}
	}
	return m
}

// orLowpass is a synapse, or a lowpass.
func orLowpass(s synapse.Synapse, tau float64) synapse.Synapse {
	if s == nil {
		return synapse.Lowpass{Tau: tau}
	}
	return s
}

// uniform is a matrix of one value.
func uniform(rows, cols int, value float64) connect.Dense {
	m := make(connect.Dense, rows)
	for i := range m {
		m[i] = slices.Repeat([]float64{value}, cols)
	}
	return m
}

// diagonal is a square matrix with one value on its diagonal and another beside
// it.
func diagonal(n int, on, off float64) connect.Dense {
	m := uniform(n, n, off)
	for i := range m {
		m[i][i] = on
	}
	return m
}

// positive are the encoders of neurons that all fire for positive values.
var positive = dist.Constant{Value: 1}

// rectangular says what is wrong with a matrix.
func rectangular(field string, m [][]float64) []param.Problem {
	if len(m) == 0 || len(m[0]) == 0 {
		return []param.Problem{{Field: field, Problem: "it has no values", Remedy: "give a matrix, a row for each item"}}
	}
	for i, row := range m {
		if len(row) != len(m[0]) {
			return []param.Problem{{
				Field: field, Problem: fmt.Sprintf("row %d has %d values and row 0 has %d", i, len(row), len(m[0])),
				Remedy: "give rows of one length",
			}}
		}
	}
	return nil
}
