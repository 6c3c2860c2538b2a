package compile

import (
	"soma/connect"
	"soma/internal/program"
)

// joint is the product of two products, the first of which leads to where the
// second comes from.
type joint struct {
	from, to program.View
	dense    bool
	in, out  *program.Product
	rows     program.View // of the first that the second reads
}

// joinProducts joins two products; ok says whether they can be. If the second
// reads nothing of what the first gives, from is empty.
func joinProducts(in, out *program.Product) (both joint, ok bool) {
	common := intersection(in.To, out.From)
	both = joint{in: in, out: out, rows: common, dense: in.Weights != nil || out.Weights != nil}
	if common.Count == 0 {
		return both, true
	}
	both.from, both.to = in.From, out.To
	if in.Weights == nil {
		both.from = corresponding(in.To, in.From, common)
	}
	if out.Weights == nil {
		both.to = corresponding(out.From, out.To, common)
		return both, true
	}
	// The matrix keeps its columns, and its vector side by side.
	return both, common.Count == out.From.Count && both.from.Contiguous() && (in.Weights == nil || common.Count == in.To.Count)
}

// product is the joint as an operator.
func (b joint) product(label program.Label) *program.Product {
	p := &program.Product{Label: label, From: b.from, To: b.to}
	switch in, out := b.in.Weights, b.out.Weights; {
	case in == nil && out == nil:
		p.Scale = float64(b.out.Scale * b.in.Scale)
	case in == nil:
		p.Weights = scaledBy(out, b.in.Scale)
	case out == nil:
		p.Weights = scaledBy(b.rowsOf(in), b.out.Scale)
	default:
		p.Weights = out.Times(in)
	}
	return p
}

func scaledBy(m *connect.Matrix, factor float64) *connect.Matrix {
	if factor == 1 {
		return m
	}
	return m.Scaled(factor)
}

// rowsOf gives the rows of the first matrix that the second product reads.
func (b joint) rowsOf(m *connect.Matrix) *connect.Matrix {
	if b.rows.Count == m.Rows {
		return m
	}
	some := connect.NewMatrix(b.rows.Count, m.Cols)
	for i := range b.rows.Count {
		at, _ := b.in.To.Index(b.rows.Start + i*b.rows.Step)
		copy(some.Row(i), m.Row(at))
	}
	return some
}

// intersection is the values that two views of a signal share.
func intersection(a, b program.View) program.View {
	if b.Count < a.Count {
		a, b = b, a
	}
	shared := program.View{Signal: a.Signal, Step: 1}
	for i := range a.Count {
		at := a.Start + i*a.Step
		if _, ok := b.Index(at); !ok {
			continue
		}
		switch shared.Count {
		case 0:
			shared.Start = at
		case 1:
			shared.Step = at - shared.Start
		}
		shared.Count++
	}
	return shared
}

// corresponding is where some values of one view lie in another of equal length.
func corresponding(of, in, some program.View) program.View {
	first, _ := of.Index(some.Start)
	step := in.Step
	if some.Count > 1 {
		second, _ := of.Index(some.Start + some.Step)
		step = (second - first) * in.Step
	}
	return program.View{Signal: in.Signal, Start: in.Start + first*in.Step, Step: step, Count: some.Count}
}
