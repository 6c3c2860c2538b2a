package compile

import (
	"math"

	"soma"
	"soma/internal/program"
	"soma/solve"
)

// probe records a signal, through the probe's synapse.
func (b *builder) probe(p *soma.Probe) {
	path := p.Path()
	op := &program.Record{Label: program.Label(path), Every: b.every(p), Spikes: p.Quantity() == soma.Spikes}
	from, ok := b.probed(p)
	if !ok {
		return
	}
	op.From = from
	if !op.Spikes {
		op.From = b.filter(path, p.Synapse, from, func(err error) {
			b.fail(p.FieldPosition("synapse"), path, "synapse", err, "")
		})
	}
	b.program.Operate(op)
	b.built.Probes[p] = op
}

// every is the number of steps between the samples of a probe.
func (b *builder) every(p *soma.Probe) int {
	if p.SampleEvery > 0 {
		return int(max(1, math.Round(p.SampleEvery/b.opts.Dt)))
	}
	return 1
}

// probed is the view of what a probe records.
func (b *builder) probed(p *soma.Probe) (program.View, bool) {
	var view program.View
	var ok bool
	switch of := p.Target.Of.(type) {
	case *soma.Node:
		view, ok = b.outputs[of]
	case *soma.Ensemble:
		if isDirect(of) {
			view, ok = b.outputs[of]
			break
		}
		view, ok = b.decodedProbe(p, of)
	case soma.LearningInput:
		return b.probedRule(p, of)
	case *soma.Connection:
		return b.probedWeights(p, of)
	case *soma.Population:
		switch what := p.Quantity(); what {
		case soma.Spikes, soma.Output:
			view, ok = b.outputs[of]
		case soma.Input:
			view, ok = b.inputs[of]
		default:
			view, ok = b.states[of][what]
		}
	}
	if !ok {
		return view, false // what is probed failed to build, and said so
	}
	return slice(view, p.Target), true
}

// decodedProbe decodes what an ensemble represents.
func (b *builder) decodedProbe(p *soma.Probe, e *soma.Ensemble) (program.View, bool) {
	weights := b.decoderWeights(decodeOfProbe(p, e))
	neurons, ok := b.outputs[e.Neurons]
	if weights == nil || !ok {
		return program.View{}, false
	}
	sum := b.program.Add(p.Path()+" decoded", make([]float64, e.Dimensions))
	b.program.Operate(&program.Product{Label: program.Label(p.Path()), From: neurons, To: sum, Weights: weights})
	return sum, true
}

func decodeOfProbe(p *soma.Probe, e *soma.Ensemble) decode {
	return decode{
		owner: p, ensemble: e, from: soma.Slice{Of: e, Step: 1, All: true}, size: e.Dimensions, solver: solve.LstsqL2{},
		who: where{p.Path(), p.FieldPosition}, field: "target",
	}
}
