package program

import (
	"slices"
	"strings"
)

// A Cycle is a loop of operators each of which needs the result of the one
// before within the same step.
type Cycle struct{ Objects []string }

// Error implements error.
func (c *Cycle) Error() string {
	return "a loop without a synapse: " + strings.Join(append(c.Objects, c.Objects[0]), " → ")
}

// Levels orders the operators of a step: every operator needs only the results
// of levels before its own. Within a level they come by rank, and else in the
// order of the program; for what a sum is, that order matters to the last bit.
// Updates are in no level: they run when all levels are done.
func (p *Program) Levels() (levels [][]Operator, updates []Operator, err error) {
	var ops []Operator
	for _, op := range p.Operators {
		if accesses(op, Updates) {
			updates = append(updates, op)
		} else {
			ops = append(ops, op)
		}
	}
	needs := dependencies(len(p.Signals), ops)
	level := make([]int, len(ops))
	state := make([]visit, len(ops))
	var path []int
	var find func(i int) *Cycle
	find = func(i int) *Cycle {
		switch state[i] {
		case done:
			return nil
		case open:
			return cycleOf(ops, path, i)
		}
		state[i] = open
		path = append(path, i)
		for _, j := range needs[i] {
			if c := find(j); c != nil {
				return c
			}
			level[i] = max(level[i], level[j]+1)
		}
		path = path[:len(path)-1]
		state[i] = done
		return nil
	}
	for i := range ops {
		if c := find(i); c != nil {
			return nil, nil, c
		}
		for level[i] >= len(levels) {
			levels = append(levels, nil)
		}
	}
	for i, op := range ops {
		levels[level[i]] = append(levels[level[i]], op)
	}
	for _, ops := range levels {
		slices.SortStableFunc(ops, func(a, b Operator) int { return p.rank(a) - p.rank(b) })
	}
	return levels, updates, nil
}

// rank says in which order the kinds of increments of a level are added to a sum,
// so that those of one kind can be carried out together.
func (p *Program) rank(op Operator) int {
	switch op := op.(type) {
	case *Product:
		if p.Signals[op.From.Signal].Spikes {
			return 1
		}
		return 2
	case *SparseProduct:
		if p.Signals[op.From.Signal].Spikes {
			return 3
		}
		return 4
	case *Weighting:
		return 5
	}
	return 0
}

type visit uint8

const (
	_ visit = iota
	open
	done
)

func accesses(op Operator, a Access) bool {
	for _, u := range op.Uses() {
		if u.Access == a {
			return true
		}
	}
	return false
}

// dependencies lists for each operator the operators that must run before it in
// a step: sets before increments before reads.
func dependencies(signals int, ops []Operator) [][]int {
	var users [Updates][][]int
	for a := range users {
		users[a] = make([][]int, signals)
	}
	for i, op := range ops {
		for _, u := range op.Uses() {
			users[u.Access][u.Signal] = append(users[u.Access][u.Signal], i)
		}
	}
	needs := make([][]int, len(ops))
	for i, op := range ops {
		for _, u := range op.Uses() {
			for before := Sets; before < u.Access; before++ {
				needs[i] = append(needs[i], users[before][u.Signal]...)
			}
		}
	}
	return needs
}

// cycleOf names the objects on the way from operator i back to itself.
func cycleOf(ops []Operator, path []int, i int) *Cycle {
	start := 0
	for path[start] != i {
		start++
	}
	c := &Cycle{}
	for _, j := range path[start:] {
		name := ops[j].Object()
		if len(c.Objects) == 0 || c.Objects[len(c.Objects)-1] != name {
			c.Objects = append(c.Objects, name)
		}
	}
	// The path leads from an operator to what it needs; the signal flows the
	// other way.
	for a, b := 0, len(c.Objects)-1; a < b; a, b = a+1, b-1 {
		c.Objects[a], c.Objects[b] = c.Objects[b], c.Objects[a]
	}
	return c
}
