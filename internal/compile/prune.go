package compile

import "soma/internal/program"

// prune takes out what is computed for nobody: sums and filtered values that no
// operator reads, such as the gathered output of an array of ensembles of which
// only a function is used. Neurons, functions and rules stay.
func (b *builder) prune() {
	readers := make([]int, len(b.program.Signals))
	for _, op := range b.program.Operators {
		countReads(readers, op, 1)
	}
	for dropped := true; dropped; {
		dropped = false
		kept := b.program.Operators[:0]
		for _, op := range b.program.Operators {
			if to, ok := result(op); ok && readers[to] == 0 {
				countReads(readers, op, -1)
				dropped = true
				continue
			}
			kept = append(kept, op)
		}
		clear(b.program.Operators[len(kept):])
		b.program.Operators = kept
	}
}

func countReads(readers []int, op program.Operator, by int) {
	for _, u := range op.Uses() {
		if u.Access == program.Reads {
			readers[u.Signal] += by
		}
	}
}

// result is the signal that an operator exists for, if it is one that may go.
func result(op program.Operator) (program.Signal, bool) {
	switch op := op.(type) {
	case *program.Product:
		return op.To.Signal, true
	case *program.SparseProduct:
		return op.To.Signal, true
	case *program.Filter:
		return op.To.Signal, true
	case *program.Delay:
		return op.To.Signal, true
	}
	return 0, false
}
