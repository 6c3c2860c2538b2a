package compile

import (
	"soma"
	"soma/internal/program"
	"soma/signal"
)

// node gives a node an output that it sets each step. A node with an input and
// no function is its own input.
func (b *builder) node(n *soma.Node) {
	path := n.Path()
	if n.SizeIn > 0 {
		b.inputs[n] = b.program.Add(path+" input", make([]float64, n.SizeIn))
	}
	if n.Source == nil && n.Function == nil {
		b.outputs[n] = b.inputs[n]
		return
	}
	out := b.program.Add(path, make([]float64, n.SizeOut))
	b.outputs[n] = out
	switch source := n.Source.(type) {
	case nil:
		b.program.Operate(&program.Function{Label: program.Label(path), From: b.inputs[n], To: out, F: n.Function})
	case signal.Constant:
		copy(b.program.Signals[out.Signal].Init, source)
	default:
		b.program.Operate(&program.Source{
			Label: program.Label(path), To: out, Signal: source,
			Env: signal.Env{Dt: b.opts.Dt, Stream: b.stream(path, "node")},
		})
	}
}
