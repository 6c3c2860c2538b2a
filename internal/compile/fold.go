package compile

import "soma/internal/program"

// fold takes products of values that never change out of the program: they are
// added to the start of the sum they go into, once. A sum that nothing else
// increments then needs no work in a step. Products are folded in their order,
// before any other is added.
func (b *builder) fold() {
	for b.foldOnce() {
	}
	for _, op := range b.program.Operators {
		switch op := op.(type) {
		case *program.Product:
			b.sums[op.To.Signal] = true
		case *program.SparseProduct:
			b.sums[op.To.Signal] = true
		case *program.Weighting:
			b.sums[op.To.Signal] = true
		}
	}
}

// foldOnce folds what is constant now; folding can make more sums constant.
func (b *builder) foldOnce() bool {
	changing := map[program.Signal]bool{}
	for _, op := range b.program.Operators {
		for _, u := range op.Uses() {
			if u.Access != program.Reads {
				changing[u.Signal] = true
			}
		}
	}
	var kept []program.Operator
	for _, op := range b.program.Operators {
		p, ok := op.(*program.Product)
		if !ok || changing[p.From.Signal] {
			kept = append(kept, op)
			continue
		}
		b.program.Preset(p)
	}
	folded := len(kept) < len(b.program.Operators)
	b.program.Operators = kept
	return folded
}
