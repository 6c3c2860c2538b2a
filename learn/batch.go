package learn

import "soma/internal/kernel"

// A Batch is a Plasticity that can change many synapses at once. It has one
// trace of the source and one of the target, looks at nothing but them and the
// weight, and has no variables of its own. Each element of the weights becomes
// what OnPost, or OnPre, makes of it, bit for bit.
type Batch interface {
	Plasticity
	// Post applies a spike of each target, given the traces of the source.
	Post(level kernel.Level, weights, pre []float64)
	// Pre applies a spike of the source, given the traces of the targets.
	Pre(level kernel.Level, weights, post []float64)
}

// Post implements Batch.
func (r *stdpPowerLaw) Post(level kernel.Level, weights, pre []float64) {
	r.power.Add(level, weights, pre, r.potentiation)
}

// Pre implements Batch.
func (r *stdpPowerLaw) Pre(level kernel.Level, weights, post []float64) {
	kernel.Depress(level, weights, post, r.depression)
}

// Post implements Batch.
func (r *allPairs) Post(_ kernel.Level, weights, pre []float64) {
	for i, w := range weights {
		weights[i] = r.potentiated(w, pre[i])
	}
}

// Pre implements Batch.
func (r *allPairs) Pre(_ kernel.Level, weights, post []float64) {
	for i, w := range weights {
		weights[i] = r.depressed(w, post[i])
	}
}

var (
	_ Batch = (*nearestSymmetric)(nil)
	_ Batch = (*stdpPowerLaw)(nil)
)
