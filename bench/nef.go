package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// The networks of this file are those of the scripts bench/peers/nef_*.py.

// chain is ensembles one after the other, each of which passes on what it
// represents.
func chain(ensembles, neurons int) *soma.Network {
	net := soma.New("chain", 1)
	var from soma.Endpoint = net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Sin(8 * t) }))
	for i := range ensembles {
		to := net.Ensemble(fmt.Sprintf("e%d", i), neurons, 1)
		net.Connect(from, to)
		from = to
	}
	net.Probe("output", from).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// channel is two ensembles that represent the same vector.
func channel(neurons, dimensions int) *soma.Network {
	net := soma.New("channel", 1)
	x := make([]float64, dimensions)
	for i := range x {
		x[i] = math.Sin(float64(i)) / math.Sqrt(float64(dimensions)/2)
	}
	a, b := net.Ensemble("a", neurons, dimensions), net.Ensemble("b", neurons, dimensions)
	net.Connect(net.Node("stimulus", signal.Constant(x)), a)
	net.Connect(a, b)
	net.Probe("output", b).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// integrator is one ensemble connected to itself.
func integrator(neurons int) *soma.Network {
	net := soma.New("integrator", 1)
	in := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Sin(8 * t) }))
	e := net.Ensemble("integrator", neurons, 1)
	c := net.Connect(in, e)
	c.Transform, c.Synapse = connect.Scale(0.1), synapse.Lowpass{Tau: 0.1}
	net.Connect(e, e).Synapse = synapse.Lowpass{Tau: 0.1}
	net.Probe("output", e).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// learning is an ensemble that learns to drive another with what it represents,
// lowering an error that is computed from both.
func learning(neurons, dimensions int) *soma.Network {
	net := soma.New("learning", 1)
	u := net.Node("stimulus", signal.Vector{N: dimensions, F: func(t float64, y []float64) {
		for i := range y {
			y[i] = math.Sin(4*t+float64(i)) / 2
		}
	}})
	pre, post := net.Ensemble("pre", neurons, dimensions), net.Ensemble("post", neurons, dimensions)
	net.Connect(u, pre)
	conn := net.Connect(pre, post)
	conn.Learning = []learn.Rule{learn.PES{}}
	e := net.Passthrough("error", dimensions)
	net.Connect(post, e)
	net.Connect(u, e).Transform = connect.Scale(-1)
	net.Connect(e, conn.LearningInput(0))
	net.Probe("output", post).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// array is ensembles of one dimension each, with a node that they take their
// values from, and one that gathers a function of them.
type array struct{ input, output *soma.Node }

func newArray(net *soma.Network, name string, neurons, n int, set func(*soma.Ensemble), f func(x []float64) []float64) array {
	a := array{net.Passthrough(name+" input", n), net.Passthrough(name+" output", n)}
	for i := range n {
		e := net.Ensemble(fmt.Sprintf("%s %d", name, i), neurons, 1)
		set(e)
		net.Connect(a.input.At(i), e).Synapse = synapse.None{}
		out := net.Connect(e, a.output.At(i))
		out.Function, out.Synapse = f, synapse.None{}
	}
	return a
}

// direct connects at once, by a factor or matrix.
func direct(net *soma.Network, from, to soma.Endpoint, t connect.Transform) {
	c := net.Connect(from, to)
	c.Transform, c.Synapse = t, synapse.None{}
}

// convolution is the circular convolution of two vectors by their Fourier
// transforms, whose products are computed from squares.
func convolution(dimensions, neurons int) *soma.Network {
	net := soma.New("convolution", 1)
	in := [2]*soma.Node{}
	rows := fourier(dimensions)
	n := len(rows)
	var coefficients [2]*soma.Node
	for i, name := range []string{"a", "b"} {
		x := make([]float64, dimensions)
		for j := range x {
			x[j] = math.Sin(float64((i+1)*(j+1))) / math.Sqrt(float64(dimensions)/2)
		}
		in[i] = net.Passthrough(name, dimensions)
		net.Connect(net.Node(name+" vector", signal.Constant(x)), in[i])
		coefficients[i] = net.Passthrough(name+" coefficients", n)
		m := make(connect.Dense, n)
		for k, r := range rows {
			m[k] = r.in[i]
		}
		direct(net, in[i], coefficients[i], m)
	}
	product, output := net.Passthrough("product", n), net.Passthrough("output", dimensions)
	half := math.Sqrt(0.5)
	for i, name := range []string{"sum", "difference"} {
		sign := float64(1 - 2*i)
		squares := newArray(net, name, neurons/2, n,
			func(e *soma.Ensemble) { e.Radius = 2 * math.Sqrt2 },
			func(x []float64) []float64 { return []float64{float64(x[0] * x[0])} })
		direct(net, coefficients[0], squares.input, connect.Scale(half))
		direct(net, coefficients[1], squares.input, connect.Scale(sign*half))
		direct(net, squares.output, product, connect.Scale(sign*0.5))
	}
	m := make(connect.Dense, dimensions)
	for j := range m {
		m[j] = make([]float64, n)
		for k, r := range rows {
			m[j][k] = r.out[j]
		}
	}
	direct(net, product, output, m)
	net.Probe("result", output).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// fourierRow is one of the products that a circular convolution is made of: of
// a real or imaginary part of each vector's coefficient, and where it goes.
type fourierRow struct {
	in  [2][]float64
	out []float64
}

func fourier(d int) (rows []fourierRow) {
	for w := 0; w <= d/2; w++ {
		cos, sin := make([]float64, d), make([]float64, d)
		for j := range d {
			cos[j], sin[j] = math.Cos(2*math.Pi*float64(w*j)/float64(d)), -math.Sin(2*math.Pi*float64(w*j)/float64(d))
		}
		weight := 2 / float64(d)
		if w == 0 || 2*w == d {
			weight = 1 / float64(d)
		}
		times := func(factor float64, x []float64) []float64 {
			y := make([]float64, d)
			for j := range x {
				y[j] = factor * x[j]
			}
			return y
		}
		rows = append(rows, fourierRow{[2][]float64{cos, cos}, times(weight, cos)})
		if w > 0 && 2*w < d {
			rows = append(rows,
				fourierRow{[2][]float64{sin, sin}, times(-weight, cos)},
				fourierRow{[2][]float64{cos, sin}, times(weight, sin)},
				fourierRow{[2][]float64{sin, cos}, times(weight, sin)})
		}
	}
	return rows
}

// built is the milliseconds that a network takes to be built.
func built(net func() *soma.Network) func() (float64, error) {
	return func() (float64, error) {
		start := time.Now()
		_, err := sim.New(net(), sim.Options{})
		return time.Since(start).Seconds() * 1e3, err
	}
}

// stepped is the microseconds of a step, over a simulated second after the first
// tenth of one.
func stepped(net func() *soma.Network) func() (float64, error) {
	return func() (float64, error) {
		s, err := sim.New(net(), sim.Options{})
		if err != nil {
			return 0, err
		}
		if err := s.RunSteps(context.Background(), 100); err != nil {
			return 0, err
		}
		const steps = 1000
		start := time.Now()
		err = s.RunSteps(context.Background(), steps)
		return time.Since(start).Seconds() * 1e6 / steps, err
	}
}

func nefRows() (list []row) {
	for _, work := range []struct {
		name, what string
		net        func() *soma.Network
	}{
		{"integrator", "integrator of 1000 neurons", func() *soma.Network { return integrator(1000) }},
		{"channel", "channel of 2 × 1000 neurons, 64-D", func() *soma.Network { return channel(1000, 64) }},
		{"learning", "PES, 1000 to 1000 neurons, 8-D", func() *soma.Network { return learning(1000, 8) }},
		{"chain", "chain of 1000 ensembles of 20 neurons", func() *soma.Network { return chain(1000, 20) }},
		{"convolution", "circular convolution, 256-D × 200 neurons", func() *soma.Network { return convolution(256, 200) }},
		{"basal-ganglia", "basal ganglia, 100-D × 100 neurons", func() *soma.Network { return basalGanglia(100, 100) }},
	} {
		list = append(list,
			row{work.name + "-build", work.what + ": to build", "ms", built(work.net), "nef.py " + work.name + " build"},
			row{work.name + "-step", "the same, one step", "µs", stepped(work.net), "nef.py " + work.name + " step"})
	}
	return list
}

// basalGanglia selects the largest of its inputs (K. Gurney, T. Prescott and P.
// Redgrave, 2001; as an NEF network T. Stewart, X. Choo and C. Eliasmith, 2010).
func basalGanglia(actions, neurons int) *soma.Network {
	net := soma.New("basal ganglia", 1)
	part := func(name string, from float64, f func(x []float64) []float64) array {
		return newArray(net, name, neurons, actions, func(e *soma.Ensemble) {
			e.Radius, e.Encoders = 1.5, dist.Choice{Options: [][]float64{{1}}}
			e.Intercepts = dist.Uniform{Low: from, High: 0.99}
		}, f)
	}
	above := func(e float64) func(x []float64) []float64 {
		return func(x []float64) []float64 { return []float64{max(0, x[0]-e)} }
	}
	d1, d2 := part("D1", 0.2, above(0.2)), part("D2", 0.2, above(0.2))
	stn := part("STN", -0.25, above(-0.25))
	gpi, gpe := part("GPi", -0.2, above(-0.2)), part("GPe", -0.2, above(-0.2))
	input, output := net.Passthrough("input", actions), net.Passthrough("output", actions)
	direct(net, input, d1.input, connect.Scale(1.2))
	direct(net, input, d2.input, connect.Scale(0.8))
	direct(net, input, stn.input, connect.Scale(1))
	all := make(connect.Dense, actions)
	for i := range all {
		all[i] = make([]float64, actions)
		for j := range all[i] {
			all[i][j] = 0.9
		}
	}
	ampa, gaba := synapse.Lowpass{Tau: 0.002}, synapse.Lowpass{Tau: 0.008}
	for _, c := range []struct {
		from, to *soma.Node
		t        connect.Transform
		s        synapse.Synapse
	}{
		{d1.output, gpi.input, connect.Scale(-1), gaba},
		{d2.output, gpe.input, connect.Scale(-1), gaba},
		{stn.output, gpi.input, all, ampa},
		{stn.output, gpe.input, all, ampa},
		{gpe.output, gpi.input, connect.Scale(-0.3), gaba},
		{gpe.output, stn.input, connect.Scale(-1), gaba},
		{gpi.output, output, connect.Scale(-3), synapse.None{}},
	} {
		conn := net.Connect(c.from, c.to)
		conn.Transform, conn.Synapse = c.t, c.s
	}
	x := make([]float64, actions)
	for i := range x {
		x[i] = 0.2 + 0.6*math.Abs(math.Sin(float64(i)))
	}
	net.Connect(net.Node("utilities", signal.Constant(x)), input)
	net.Probe("actions", output).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}
