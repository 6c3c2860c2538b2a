package soma

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"soma/synapse"
)

// What a probe of a population records, besides the names of its model's state
// variables.
const (
	Spikes = "spikes" // when which neuron fired
	Output = "output" // spikes as values, amplitude/dt for one step, or rates
	Input  = "input"  // input current
)

// Weights is what a probe of a connection records: of one that carries values
// its matrix, row by row (a row for each value that it gives, decoders and
// transform in one); of single synapses their weights, target by target, in the
// order of their numbers.
const Weights = "weights"

// Encoders is what a probe of a connection with the rule learn.Voja can record
// besides: the encoders of the ensemble at its end, times gain and divided by
// radius, a row for each neuron.
const Encoders = "encoders"

// A Probe records an object while the simulation runs.
type Probe struct {
	object
	Target Slice
	// What is recorded. Ensembles: their decoded value, "" or "decoded". Nodes:
	// their output, "" or "output". Populations: Spikes (also "" for spiking
	// models), Output, Input, or a state variable by its name. Connections: "" or
	// Weights, or Encoders. Learning rules, by their
	// inputs: "" or Input, or one of learn.Variables.
	What string
	// Synapse filters what is recorded; default None.
	Synapse synapse.Synapse
	// SampleEvery is the time between samples, s, rounded to steps; 0: every step.
	SampleEvery float64
}

// Probe adds a probe. What may be left out: the decoded value of an ensemble,
// the output of a node, the spikes of a spiking population.
func (n *Network) Probe(name string, target Endpoint, what ...string) *Probe {
	p := &Probe{object: n.newObject(name), Synapse: synapse.None{}}
	if target != nil {
		p.Target = target.slice()
	}
	p.What = strings.Join(what, " ")
	n.Probes = append(n.Probes, p)
	return p
}

// Quantity is what the probe records, with the default filled in.
func (p *Probe) Quantity() string {
	if p.What != "" {
		return p.What
	}
	switch of := p.Target.Of.(type) {
	case *Ensemble:
		return "decoded"
	case *Connection:
		return Weights
	case LearningInput:
		return Input
	case *Population:
		if of.Neuron != nil && of.Neuron.Spec().Spiking && synapse.IsNone(p.Synapse) {
			return Spikes
		}
	}
	return Output
}

// Quantities lists what can be probed of an object.
func Quantities(of Endpoint) []string {
	switch of := of.(type) {
	case *Ensemble:
		return []string{"decoded"}
	case *Node:
		return []string{Output}
	case *Connection:
		if of.changesEncoders() {
			return []string{Weights, Encoders}
		}
		return []string{Weights}
	case LearningInput:
		return of.quantities()
	case *Population:
		if of.Neuron == nil {
			return nil
		}
		spec := of.Neuron.Spec()
		if spec.Spiking {
			return append([]string{Spikes, Output, Input}, stateNames(spec)...)
		}
		return append([]string{Output, Input}, stateNames(spec)...)
	}
	return nil
}

func (p *Probe) check(c *checker) {
	o := &p.object
	if p.Target.Of == nil {
		c.report(o, "target", "nothing to probe", "give an ensemble, population or node")
		return
	}
	if in, is := p.Target.Of.(LearningInput); is && in.quantities() == nil {
		c.report(o, "target", in.Connection.Path()+" has no learning rule to probe", "probe the weights of the connection")
		return
	}
	if owner(p.Target.Of) != c.root {
		c.report(o, "target", p.Target.String()+" is not in this network", "probe what was made in it")
		return
	}
	if withoutNeurons(p.Target.Of) {
		c.report(o, "target", "an ensemble of Direct has no neurons", "probe the ensemble")
		return
	}
	if e, ok := p.Target.Of.(*Ensemble); ok && p.What != "" && p.What != "decoded" {
		if slices.Contains(Quantities(e.Neurons), p.What) {
			c.report(o, "what", fmt.Sprintf("an ensemble has no %q, its neurons do", p.What), "probe "+e.Name+".neurons")
			return
		}
	}
	if what, known := p.Quantity(), Quantities(p.Target.Of); known != nil && !slices.Contains(known, what) {
		c.report(o, "what", fmt.Sprintf("%s has no %q%s", p.Target.String(), what, whyMissing(p.Target.Of, what, known)),
			"it has: "+strings.Join(known, ", "))
		return
	}
	if p.sizedLater() {
		p.checkWeights(c)
	} else if problem := p.Target.problem(sizeProbed(p.Target.Of)); problem != "" {
		c.report(o, "target", problem, "keep the slice within the object, and not empty")
	}
	c.problems(o, "synapse", synapse.Check(p.Synapse))
	p.checkSampling(c)
}

// sizedLater says whether how many values there are shows only when the network is
// built: weights, and variables of learning rules.
func (p *Probe) sizedLater() bool {
	switch p.Target.Of.(type) {
	case *Connection:
		return true
	case LearningInput:
		return p.Quantity() != Input
	}
	return false
}

// sizeProbed is the number of values that an object gives to a probe.
func sizeProbed(of Endpoint) int {
	if in, is := of.(LearningInput); is {
		return in.Size()
	}
	return sizeOut(of)
}

// checkWeights checks a slice of weights as far as their number does not matter.
func (p *Probe) checkWeights(c *checker) {
	if problem := p.Target.problem(math.MaxInt); problem != "" {
		c.report(&p.object, "target", fmt.Sprintf("slice [%d:%d:%d] of weights", p.Target.Start, p.Target.Stop, p.Target.Step), "give start:stop with start below stop")
	}
}

func (p *Probe) checkSampling(c *checker) {
	o := &p.object
	if p.SampleEvery < 0 || math.IsNaN(p.SampleEvery) || math.IsInf(p.SampleEvery, 0) {
		c.report(o, "sample_every", fmt.Sprintf("an interval of %g s", p.SampleEvery), "give a positive time, or leave it out")
	}
	if p.SampleEvery > 0 && p.SampleEvery < 0.5*c.dt {
		c.report(o, "sample_every", fmt.Sprintf("an interval of %g s is below the step of %g s", p.SampleEvery, c.dt), "give at least one step")
	}
	if p.SampleEvery > 0 && p.Quantity() == Spikes {
		c.report(o, "sample_every", "spikes are recorded whenever they happen", "leave it out, or probe \"output\"")
	}
}
