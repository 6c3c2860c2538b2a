package program

import (
	"soma/learn"
)

// A course is what a rule makes of the voltage of a neuron: for every step from the
// first, element 0, on.
type course struct {
	rule      learn.Sensing
	filters   [3]learn.VoltageFilter
	now       []float64    // the voltage, from before the first step on
	filtered  [3][]float64 // likewise
	lasting   []float64
	momentary []float64
	late      int
}

// sense prepares a rule that looks at the voltages of the targets.
func (l *learning) sense(rule learn.Sensing, dt float64) {
	f := rule.Filters()
	l.voltages = map[int]*course{}
	for i := range l.To.N {
		c := &course{rule: rule, late: f.LateSteps(dt)}
		for k, tau := range []float64{f.Plus, f.Minus, f.Bar} {
			c.filters[k] = learn.NewVoltageFilter(tau, dt)
		}
		l.voltages[l.To.First+i] = c
	}
}

// look adds the voltages of the targets after a step, or before the first.
func (l *learning) look(in *Interpreter, targets *Neurons) {
	if l.voltages == nil {
		return
	}
	now, own := in.load(targets.States[l.Voltages.Now]), [3][]float64{}
	for k, row := range l.Voltages.Filtered {
		if row > 0 {
			own[k] = in.load(targets.States[row])
		}
	}
	for i, c := range l.voltages {
		c.add(now[i], own, i)
	}
}

func (c *course) add(now float64, own [3][]float64, i int) {
	c.now = append(c.now, now)
	n := len(c.now) - 1
	for k := range c.filtered {
		input := c.now
		if k == 2 {
			input = c.filtered[1]
		}
		switch {
		case own[k] != nil:
			c.filtered[k] = append(c.filtered[k], own[k][i])
		case n == 0:
			c.filtered[k] = []float64{now}
		default:
			c.filtered[k] = append(c.filtered[k], c.filters[k].Step(c.filtered[k][n-1], input[n-1], input[n]))
		}
	}
	if n == 0 {
		return
	}
	late := max(0, n-c.late)
	lasting, momentary := c.rule.Sense(learn.Voltages{
		Now: now, Plus: c.filtered[0][late], Minus: c.filtered[1][late], Bar: c.filtered[2][n],
	})
	c.lasting, c.momentary = append(c.lasting, lasting), append(c.momentary, momentary)
}

// momentary is what a spike of a source finds that meets a step of its target.
func (l *learning) momentary(target int, step int64) float64 {
	if l.voltages == nil || step < 1 {
		return 0
	}
	return l.voltages[target].momentary[step-1]
}

// meetVoltage lets the synapse meet what the voltage in a step does.
func (s *learned) meetVoltage(c *contact, number int, step int64, weight float64) float64 {
	if s.voltages == nil || step <= s.seen || step < 1 || s.voltages[c.target].lasting[step-1] == 0 {
		return weight
	}
	s.seen = step
	weight = s.pass(c, step, weight)
	e := learn.Event{Weight: weight, Own: s.own, Pre: s.pre.at(number, step-c.meets(0))}
	s.voltages[c.target].rule.OnVoltage(&e, s.voltages[c.target].lasting[step-1])
	return e.Weight
}
