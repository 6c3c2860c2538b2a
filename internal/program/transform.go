package program

import "soma/connect"

// SparseProduct adds a sparse matrix, To.Count × From.Count, times From to To:
// value by value of To, in rising order of the columns; from spikes, a silent
// neuron adds nothing.
type SparseProduct struct {
	Label
	From, To View
	Weights  *connect.SparseMatrix
}

// Uses implements Operator: reads From, increments To.
func (o *SparseProduct) Uses() []Use {
	return []Use{{Reads, o.From.Signal}, {Increments, o.To.Signal}}
}

// Delay gives From of Steps − 1 steps ago, to be seen in the next step: Steps steps
// later than From itself. Before that it gives 0.
type Delay struct {
	Label
	From, To View
	Steps    int // at least 1
}

// Uses implements Operator: reads From, updates To.
func (o *Delay) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Updates, o.To.Signal}} }

// sparse executes a SparseProduct.
func (in *Interpreter) sparse(op *SparseProduct) {
	x, y, w := in.load(op.From), in.load(op.To), op.Weights
	spikes := in.program.Signals[op.From.Signal].Spikes
	for i := range y {
		for k := w.Start[i]; k < w.Start[i+1]; k++ {
			if j := w.Col[k]; !spikes || x[j] != 0 {
				y[i] += float64(w.Value[k] * x[j])
			}
		}
	}
	in.store(op.To, y)
}

// delay gives what a Delay shows in the next step.
func (in *Interpreter) delay(op *Delay) []float64 {
	queue := append(in.delays[op], in.load(op.From))
	in.delays[op] = queue
	if len(queue) < op.Steps {
		return make([]float64, op.To.Count)
	}
	in.delays[op] = queue[1:]
	return queue[0]
}
