package sim

import (
	"iter"
	"slices"

	"soma"
	"soma/connect"
	"soma/internal/program"
)

// A Synapse is one synapse of a connection with a rule.
type Synapse struct {
	Source, Target int     // neurons, counted within the ends of the connection
	Weight         float64 // in the unit of the receptor
	Delay          float64 // s, a whole number of steps
}

// SynapsesOf goes through the synapses of a connection with a rule, target by
// target. They are drawn again for this, so it costs no memory; a loop that ends
// early costs little. Weights that learn are those that a spike arriving in the
// next step would find. A connection without single synapses has none, Poisson
// trains among them.
func (s *Simulator) SynapsesOf(conn *soma.Connection) iter.Seq[Synapse] {
	return s.synapsesOf(s.built.Synapses[conn])
}

// synapsesOf goes through some synapses; nil: none.
func (s *Simulator) synapsesOf(drawn *program.Synapses) iter.Seq[Synapse] {
	return func(yield func(Synapse) bool) {
		if drawn == nil {
			return
		}
		weights := s.engine.Weights(s.built.Number(drawn))
		// The rule and its values have been planned before: no error is left.
		_ = drawn.Each(s.opts.Dt, func(source, target int, weight float64, delay int64) bool {
			if len(weights) > 0 {
				weight, weights = weights[0], weights[1:]
			}
			return yield(Synapse{source, target, weight, float64(float64(delay) * s.opts.Dt)})
		})
	}
}

// Size is the number of neurons at the two ends of a connection by single
// synapses; 0 for any other.
func (s *Simulator) Size(conn *soma.Connection) (sources, targets int) {
	drawn := s.built.Synapses[conn]
	return drawn.Sources(), drawn.Targets()
}

// Indegrees is the number of synapses onto each target of a connection.
func (s *Simulator) Indegrees(conn *soma.Connection) []int {
	degrees := make([]int, s.built.Synapses[conn].Targets())
	for synapse := range s.SynapsesOf(conn) {
		degrees[synapse.Target]++
	}
	return degrees
}

// Outdegrees is the number of synapses from each source of a connection.
func (s *Simulator) Outdegrees(conn *soma.Connection) []int {
	degrees := make([]int, s.built.Synapses[conn].Sources())
	for synapse := range s.SynapsesOf(conn) {
		degrees[synapse.Source]++
	}
	return degrees
}

// WeightMatrix is the weight from each source (column) to each target (row): of
// single synapses, their sum; of a connection that carries values, decoders and
// transform in one, as learning rules have changed them until now.
func (s *Simulator) WeightMatrix(conn *soma.Connection) [][]float64 {
	if start, ok := s.built.Weights[conn]; ok {
		return s.matrix(conn, start())
	}
	drawn := s.built.Synapses[conn]
	matrix := make([][]float64, drawn.Targets())
	for i := range matrix {
		matrix[i] = make([]float64, drawn.Sources())
	}
	for synapse := range s.SynapsesOf(conn) {
		matrix[synapse.Target][synapse.Source] += synapse.Weight
	}
	return matrix
}

// matrix gives the weights at the start, or what has become of them, as rows.
func (s *Simulator) matrix(conn *soma.Connection, start *connect.Matrix) [][]float64 {
	values := start.Data
	for _, held := range s.built.Learned {
		if held.Of == conn && held.Name == "weights" {
			values = held.RowByRow(s.engine.Values(held.View))
		}
	}
	matrix := make([][]float64, start.Rows)
	for i := range matrix {
		matrix[i] = slices.Clone(values[i*start.Cols : (i+1)*start.Cols])
	}
	return matrix
}
