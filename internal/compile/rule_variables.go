package compile

import (
	"fmt"

	"soma"
	"soma/internal/program"
)

// probedRule is what drives a learning rule, or one of its variables.
func (b *builder) probedRule(p *soma.Probe, in soma.LearningInput) (program.View, bool) {
	what := p.Quantity()
	change := b.learning.variables[in]
	if change == nil && what != soma.Input {
		return program.View{}, false // the connection failed to build, and said so
	}
	view := b.inputs[in]
	switch what {
	case "activities", "pre_filtered":
		view = change.Columns
	case "post_filtered":
		view = change.Rows
	case "theta":
		view = change.Threshold
	case "inv_gamma":
		view = change.Inverse
	}
	if first, step, n := p.Target.Range(view.Count); first+(n-1)*step >= view.Count {
		b.fail(p.FieldPosition("target"), p.Path(), "target", fmt.Errorf("slice %s of %d values", p.Target, view.Count), "keep the slice within them")
		return view, false
	}
	return slice(view, p.Target), true
}
