package engine

import (
	"soma/internal/program"
	"soma/learn"
)

// customRule is a learning rule of a program's own.
type customRule struct {
	label   program.Label
	step    func(learn.Now)
	now     learn.Now
	input   span
	targets span
	rows    int
}

// newCustomRule is nil for the other rules.
func newCustomRule(l *layout, op *program.Learn, c *program.Change) *customRule {
	if c.Kind != program.Custom {
		return nil
	}
	return &customRule{
		label: op.Label, now: c.Now(op.Rows, op.Weights.Count/op.Rows),
		input: l.span(c.Input), targets: l.span(c.Rows), rows: op.Rows,
	}
}

// startRules lets the rules of a program's own begin anew.
func (e *Engine) startRules() (err error) {
	for i := range e.learns {
		for k := range e.learns[i].changes {
			c := &e.learns[i].changes[k]
			if c.custom == nil {
				continue
			}
			if c.custom.step, err = c.Start(); err != nil {
				return &Fault{Object: string(c.custom.label), Field: "learning", Err: err}
			}
		}
	}
	return nil
}

// run lets the rule fill its change, for weights as they are stored.
func (c *customRule) run(e *Engine, sources, weights []float64) {
	copy(c.now.Sources, sources)
	if c.now.Targets != nil {
		c.targets.load(e.memory, c.now.Targets)
	}
	c.input.load(e.memory, c.now.Input)
	cols := len(sources)
	for i := range c.rows {
		for j := range cols {
			c.now.Weights[i*cols+j] = weights[program.Place(i, j, c.rows, cols)]
		}
	}
	clear(c.now.Change)
	e.calling = c.label
	c.step(c.now)
	e.calling = ""
	e.checkFinite(c.label, c.now.Change)
}

// addRow adds the change of a row, addColumn that of a column.
func (c *customRule) addRow(row []float64, i int) {
	for j, x := range c.now.Change[i*len(row) : (i+1)*len(row)] {
		row[j] += x
	}
}

func (c *customRule) addColumn(column []float64, j int) {
	cols := len(c.now.Sources)
	for i := range column {
		column[i] += c.now.Change[i*cols+j]
	}
}
