package engine

import (
	"reflect"

	"soma/internal/program"
)

// layout says where each signal lies in memory.
type layout struct {
	size   int
	offset []int // of each signal; -1 until it is placed
	groups []groupPlan
}

// groupPlan is neurons of equal models and one level, which lie side by side.
type groupPlan struct {
	level   int
	members []*program.Neurons
}

// align is the number of values that a signal's place is a multiple of: one
// cache line, so that two groups never share one.
const align = 8

func newLayout(p *program.Program, levels [][]program.Operator) *layout {
	l := &layout{offset: make([]int, len(p.Signals))}
	for i := range l.offset {
		l.offset[i] = -1
	}
	for level, ops := range levels {
		l.group(level, ops)
	}
	for _, g := range l.groups {
		l.placeGroup(p, g)
	}
	for _, op := range p.Operators {
		if c, ok := op.(*program.Cells); ok {
			for _, n := range c.Populations {
				l.placeGroup(p, groupPlan{members: []*program.Neurons{n}})
			}
		}
	}
	for i := range p.Signals {
		l.place(p, program.Signal(i))
	}
	return l
}

// group collects the neurons of a level by equal models.
func (l *layout) group(level int, ops []program.Operator) {
	first := len(l.groups)
	for _, op := range ops {
		n, ok := op.(*program.Neurons)
		if !ok {
			continue
		}
		found := false
		for i := first; i < len(l.groups) && !found; i++ {
			if found = together(l.groups[i].members[0], n); found {
				l.groups[i].members = append(l.groups[i].members, n)
			}
		}
		if !found {
			l.groups = append(l.groups, groupPlan{level, []*program.Neurons{n}})
		}
	}
}

// together says whether two populations may be stepped as one.
func together(a, b *program.Neurons) bool {
	return !a.Model.Spec().Random && reflect.TypeOf(a.Model) == reflect.TypeOf(b.Model) &&
		reflect.TypeOf(a.Model).Comparable() && a.Model == b.Model
}

// placeGroup places the signals of neurons row by row.
func (l *layout) placeGroup(p *program.Program, g groupPlan) {
	l.placeRow(p, g, func(n *program.Neurons) program.View { return n.Input })
	for s := range g.members[0].States {
		l.placeRow(p, g, func(n *program.Neurons) program.View { return n.States[s] })
	}
	l.placeRow(p, g, func(n *program.Neurons) program.View { return n.Output })
}

// placeRow places one signal of every member, side by side.
func (l *layout) placeRow(p *program.Program, g groupPlan, of func(*program.Neurons) program.View) {
	l.size = (l.size + align - 1) / align * align
	for _, n := range g.members {
		s := of(n).Signal
		l.offset[s] = l.size
		l.size += len(p.Signals[s].Init)
	}
}

func (l *layout) place(p *program.Program, s program.Signal) {
	if l.offset[s] < 0 {
		l.offset[s] = l.size
		l.size += len(p.Signals[s].Init)
	}
}

// span is a view as a place in memory.
type span struct{ start, step, n int }

func (l *layout) span(v program.View) span {
	return span{l.offset[v.Signal] + v.Start, max(v.Step, 1), v.Count}
}

func (s span) contiguous() bool { return s.step == 1 }

// of gives the values of a contiguous span.
func (s span) of(memory []float64) []float64 { return memory[s.start : s.start+s.n : s.start+s.n] }

// load copies the values of a span to x.
func (s span) load(memory, x []float64) {
	for i := range x {
		x[i] = memory[s.start+i*s.step]
	}
}

// store copies x to the values of a span.
func (s span) store(memory, x []float64) {
	for i, v := range x {
		memory[s.start+i*s.step] = v
	}
}
