package main

import (
	"strings"

	"soma"
	"soma/connect"
	"soma/neuron"
)

// size is how large a network is.
type size struct {
	neurons     int64 // without generators
	connections int64
	weights     int64 // numbers that connections multiply with, decoders among them
	probes      int64
	states      int64 // numbers of state, with inputs and outputs
}

// measure counts what a correct network consists of, but for single synapses,
// which the simulator knows.
func measure(root *soma.Network) size {
	var s size
	for _, net := range root.All() {
		for _, e := range net.Ensembles {
			s.addNeurons(e.Neurons)
			s.states += int64(e.Dimensions) * int64(e.N+1) // encoders and their input
		}
		for _, p := range net.Populations {
			s.addNeurons(p)
		}
		for _, node := range net.Nodes {
			s.states += int64(node.SizeIn + node.SizeOut)
		}
		for _, conn := range net.Connections {
			s.connections++
			s.weights += weights(conn)
		}
		s.probes += int64(len(net.Probes))
	}
	return s
}

func (s *size) addNeurons(p *soma.Population) {
	if _, none := p.Neuron.(neuron.Direct); none {
		return
	}
	if !isGenerator(p.Neuron) {
		s.neurons += int64(p.N)
	}
	s.states += int64(p.N) * int64(len(p.Neuron.Spec().States)+2)
}

// bytes estimates the memory of a simulation of so many steps, but for single
// synapses.
func (s size) bytes(root *soma.Network, steps int64, dt float64) int64 {
	return 8 * (s.states + s.weights + samples(root, steps, dt))
}

// isGenerator tells generators, which are no neurons, by the ending of their
// names.
func isGenerator(m neuron.Model) bool { return strings.HasSuffix(m.Spec().Name, "_generator") }

// samples is how many numbers the value probes will record.
func samples(root *soma.Network, steps int64, dt float64) int64 {
	var n int64
	for _, net := range root.All() {
		for _, p := range net.Probes {
			n += samplesOf(p, steps, dt)
		}
	}
	return n
}

// samplesOf is how many numbers a value probe will record.
func samplesOf(p *soma.Probe, steps int64, dt float64) int64 {
	if p.Quantity() == soma.Spikes {
		return 0
	}
	every := int64(1)
	if p.SampleEvery > 0 {
		every = max(1, int64(p.SampleEvery/dt+0.5))
	}
	return steps / every * int64(widthOf(p.Target, false))
}

// weights is how many numbers a connection multiplies with.
func weights(conn *soma.Connection) int64 {
	if conn.Rule != nil {
		return 0
	}
	values, err := conn.FunctionSize()
	if err != nil {
		return 0
	}
	var n int64
	if e, ok := conn.From.Of.(*soma.Ensemble); ok && !isDirect(e.Neuron) {
		if conn.FullWeights() {
			return int64(e.N) * int64(conn.To.Of.(*soma.Ensemble).N)
		}
		n = int64(e.N) * int64(values)
	}
	into := widthOf(conn.To, true)
	switch t := conn.Transform.(type) {
	case nil, connect.Scale:
		if n == 0 {
			n = int64(into)
		}
		return n
	case connect.SparseTransform:
		if _, err := t.Shape(values); err != nil {
			return n
		}
		return n + int64(len(t.Sparse(values).Col))
	}
	if out, err := conn.Transform.Shape(values); err == nil {
		n += int64(out) * int64(values)
	}
	return n
}

func isDirect(m neuron.Model) bool {
	_, direct := m.(neuron.Direct)
	return direct
}

// widthOf is how many values a slice has, as a target of connections or else as
// a source.
func widthOf(s soma.Slice, target bool) int {
	all := 0
	switch of := s.Of.(type) {
	case *soma.Ensemble:
		all = of.Dimensions
	case *soma.Population:
		all = of.N
	case *soma.Node:
		if all = of.SizeOut; target {
			all = of.SizeIn
		}
	case *soma.Connection:
		all = int(weights(of))
	case soma.LearningInput:
		all = of.Size()
	}
	_, _, count := s.Range(all)
	return count
}
