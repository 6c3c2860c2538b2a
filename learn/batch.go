package learn

import "soma/internal/kernel"

// A Batch is a Plasticity that can change many synapses at once: each of them
// becomes what OnPost, or OnPre, makes of it, bit for bit. It has one trace of the
// target, or two of which OnPost looks at the second and OnPre at the first;
// OnPost looks at the first trace of the source only; a synapse has at most one
// variable of its own, which OnPost leaves as it is.
type Batch interface {
	Plasticity
	// Post applies a spike of the target of each synapse, Pre one of their source.
	Post(m *Many)
	Pre(m *Many)
}

// Many is some synapses of a source: what an Event is for one of them, by synapse.
// Weights, and at a spike of the source Own, are changed in place.
type Many struct {
	Level   kernel.Level
	Weights []float64
	Own     []float64 // nil if there is none
	// Pre is the trace of the source at the spikes of the targets.
	Pre []float64
	// Post is the trace of the targets: at their own spikes the second, if there
	// are two; at the source's the first.
	Post []float64
	// Source is the traces of the source at its own spike.
	Source [MaxTraces]float64
	Fresh  []bool // for rules that look at it
	// Work is as long as Weights, to be used at will.
	Work []float64
}

// Post implements Batch.
func (r *stdpPowerLaw) Post(m *Many) { r.power.Add(m.Level, m.Weights, m.Pre, r.potentiation) }

// Pre implements Batch.
func (r *stdpPowerLaw) Pre(m *Many) { kernel.Depress(m.Level, m.Weights, m.Post, r.depression) }

// Post implements Batch.
func (r *stdp) Post(m *Many) {
	work := m.Work[:len(m.Weights)]
	for i, w := range m.Weights {
		work[i] = 1 - w/r.Wmax
	}
	r.plus.Raise(m.Level, work)
	for i, w := range m.Weights {
		m.Weights[i] = r.grown(w, work[i], m.Pre[i])
	}
}

// Pre implements Batch.
func (r *stdp) Pre(m *Many) {
	work := m.Work[:len(m.Weights)]
	for i, w := range m.Weights {
		work[i] = w / r.Wmax
	}
	r.minus.Raise(m.Level, work)
	for i, w := range m.Weights {
		m.Weights[i] = r.shrunk(w, work[i], m.Post[i])
	}
}

// Post implements Batch.
func (r *nearestReduced) Post(m *Many) {
	for i, fresh := range m.Fresh {
		if fresh {
			m.Weights[i] = r.potentiated(m.Weights[i], m.Pre[i])
		}
	}
}

// Pre implements Batch.
func (r *nearestReduced) Pre(m *Many) {
	for i, fresh := range m.Fresh {
		if !fresh {
			m.Weights[i] = r.depressed(m.Weights[i], m.Post[i])
		}
	}
}

// Post implements Batch.
func (r *nearestPresynaptic) Post(m *Many) {
	for i, fresh := range m.Fresh {
		if fresh {
			m.Weights[i] = r.potentiated(m.Weights[i], float64(m.Own[i]*m.Pre[i]))
		}
	}
}

// Pre implements Batch.
func (r *nearestPresynaptic) Pre(m *Many) {
	r.stdp.Pre(m)
	for i, fresh := range m.Fresh {
		m.Own[i] = r.traced(m.Own[i], m.Source[0], fresh)
	}
}

// Post implements Batch.
func (r *stdpTriplet) Post(m *Many) {
	for i, w := range m.Weights {
		m.Weights[i] = r.potentiated(w, m.Pre[i], m.Post[i])
	}
}

// Pre implements Batch.
func (r *stdpTriplet) Pre(m *Many) {
	for i, w := range m.Weights {
		m.Weights[i] = r.depressed(w, m.Post[i], m.Source[1])
	}
}

// Post implements Batch.
func (r *vogelsSprekeler) Post(m *Many) {
	for i, w := range m.Weights {
		m.Weights[i] = r.grown(w, m.Pre[i])
	}
}

// Pre implements Batch.
func (r *vogelsSprekeler) Pre(m *Many) {
	for i, w := range m.Weights {
		m.Weights[i] = r.shrunk(w, m.Post[i])
	}
}

var (
	_ Batch = (*stdp)(nil)
	_ Batch = (*nearestSymmetric)(nil)
	_ Batch = (*nearestReduced)(nil)
	_ Batch = (*nearestPresynaptic)(nil)
	_ Batch = (*stdpPowerLaw)(nil)
	_ Batch = (*stdpTriplet)(nil)
	_ Batch = (*vogelsSprekeler)(nil)
)
