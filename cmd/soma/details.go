package main

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"

	"soma"
	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
)

// details shows every parameter of every ensemble and population, and what rules
// have drawn.
func (r *overview) details() {
	for _, net := range r.net.All() {
		for _, e := range net.Ensembles {
			r.titled(e.Path(), "ensemble", e.Pos)
			r.neuron(e.Neuron)
			r.ensemble(e)
		}
		for _, p := range net.Populations {
			r.titled(p.Path(), "population", p.Pos)
			r.neuron(p.Neuron)
			r.lines(initial(p.Init))
		}
		for _, conn := range net.Connections {
			if _, decoded := conn.From.Of.(*soma.Ensemble); decoded {
				r.titled(conn.Path(), "connection", conn.Pos)
				r.lines(append([][]string{{"solver", described(conn.Solver)}}, r.decoding(conn)...))
			}
			if conn.Rule != nil {
				r.sampled(conn)
			}
		}
	}
}

// decoding shows how exactly a connection's function is decoded, as the mean over
// its values.
func (r *overview) decoding(conn *soma.Connection) [][]string {
	d, err := r.built.Decoding(conn, nil)
	if err != nil {
		return nil // Direct: nothing is decoded
	}
	squares := 0.0
	for _, e := range d.RMSE() {
		squares += e * e
	}
	rmse := math.Sqrt(squares / float64(len(d.Decoders[0])))
	return [][]string{{"decoding error", fmt.Sprintf("%.3g", rmse), fmt.Sprintf("root mean square over %s, without spikes", count(int64(len(d.Points)), "point"))}}
}

func (r *overview) titled(name, kind string, pos soma.Position) {
	fmt.Fprintf(&r.text, "\n  %s  %s\n", r.paint.bold(name), r.paint.dim(kind+" "+pos.String()))
}

func (r *overview) lines(rows [][]string) {
	for _, line := range columns(rows, "lll") {
		fmt.Fprintf(&r.text, "    %s\n", line)
	}
}

// neuron shows a model's parameters with their meaning.
func (r *overview) neuron(m neuron.Model) {
	if e, ok := m.(*neuron.Equations); ok {
		r.equations(e)
		return
	}
	rows := [][]string{{"neuron", m.Spec().Name}}
	resolved := param.Resolve(m)
	for _, f := range param.Fields(resolved) {
		if f.Type.Kind() == reflect.Float64 {
			rows = append(rows, []string{"  " + f.Name, param.Quantity(f.Value(resolved).Float(), f.Unit), f.Doc})
		}
	}
	r.lines(rows)
}

func (r *overview) ensemble(e *soma.Ensemble) {
	rows := [][]string{
		{"radius", fmt.Sprint(e.Radius)},
		{"encoders", described(e.Encoders)},
	}
	if e.Gain != nil && e.Bias != nil {
		rows = append(rows, []string{"gain", described(e.Gain)}, []string{"bias", described(e.Bias)})
	} else {
		rows = append(rows, []string{"intercepts", described(e.Intercepts)}, []string{"max_rates", described(e.MaxRates)})
	}
	rows = append(rows, []string{"eval_points", fmt.Sprintf("%d from %s", e.Points(), described(e.EvalPoints))})
	if e.Noise != nil {
		rows = append(rows, []string{"noise", described(e.Noise)})
	}
	r.lines(append(rows, initial(e.Init)...))
}

// initial shows the initial values that were given.
func initial(init map[string]dist.Distribution) [][]string {
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(init)) {
		rows = append(rows, []string{"init " + name, described(init[name])})
	}
	return rows
}
