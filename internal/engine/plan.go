package engine

import "fmt"

// Work is what a step consists of: operators of one kind that are carried out
// together, and how. The choice follows from the model alone.
type Work struct {
	What, How string
	Operators int // of the program
	Size      int // neurons, weights or values
}

// Plan lists the work of a step, in the order in which it is done; work of one
// kind is listed once, at its first place.
func (e *Engine) Plan() (plan []Work) {
	add := func(what, how string, operators, size int) {
		for i := range plan {
			if plan[i].What == what && plan[i].How == how {
				plan[i].Operators += operators
				plan[i].Size += size
				return
			}
		}
		if operators > 0 {
			plan = append(plan, Work{what, how, operators, size})
		}
	}
	for _, s := range e.stages {
		switch s := s.(type) {
		case *sources:
			add("signals", "functions of time", len(s.list), len(s.list))
		case functions:
			for _, f := range s {
				add("functions", "of values", 1, f.to.n)
			}
		case *group:
			s.plan(add)
		case *cells:
			for _, c := range s.list {
				add("cells", "with single synapses", 1, c.n)
			}
		case decoders:
			s.plan(add)
		case products:
			s.plan(add)
		case sparseDecoders:
			add("decoding", "sparse, by the spikes", len(s), len(s))
		case sparseProducts:
			for i := range s {
				add("products", "sparse, row by row", 1, len(s[i].op.Weights.Value))
			}
		case weightings:
			for i := range s {
				add("products", "of weights that learn", 1, s[i].weights.n)
			}
		case traces:
			for i := range s {
				add("filters", "of learning rules", 1, s[i].to.n)
			}
		}
	}
	for _, l := range e.learns {
		add("learning", "rules", len(l.changes), l.weights.n)
	}
	add("filters", "first order, value by value in one list", e.lowpasses.few, len(e.lowpasses.y))
	for _, f := range e.lowpasses.wide {
		add("filters", "first order, as vectors", 1, f.to.n)
	}
	for _, f := range e.filters {
		add("filters", "state space", 1, f.to.n)
	}
	return plan
}

func (g *group) plan(add func(what, how string, operators, size int)) {
	how, encoded := "in one run", 0
	for i := range g.members {
		if g.members[i].encoding.columns != nil {
			encoded += g.members[i].hi - g.members[i].lo
		}
	}
	switch {
	case encoded == g.n:
		how += ", encoders applied on the way"
	case encoded > 0:
		how += fmt.Sprintf(", encoders of %d applied on the way", encoded)
	}
	add("neurons", g.model.Spec().Name+", "+how, len(g.members), g.n)
}

func (d decoders) plan(add func(what, how string, operators, size int)) {
	for _, one := range d {
		switch one := one.(type) {
		case *decoderTable:
			how := fmt.Sprintf("by the spikes, %d values each", one.width)
			if one.width == 1 {
				how = "by the spikes, one number each"
			}
			for _, p := range one.parts {
				if p.to >= 0 {
					add("decoding", how, 1, 0)
				}
			}
			add("decoding", how, 0, len(one.weights))
		case *decoder:
			size := one.view.Count
			if one.rows != nil {
				size = len(one.rows.Data)
			}
			add("decoding", "by the spikes, each by itself", 1, size)
		}
	}
}

func (p products) plan(add func(what, how string, operators, size int)) {
	for _, one := range p {
		switch one := one.(type) {
		case *terms:
			add("products", "number by number in one list", one.products, len(one.to))
		case *scaled:
			add("products", "a factor times a vector", 1, one.to.n)
		case *matrix:
			how := "dense, row by row"
			if one.columns != nil {
				how = "dense, column by column"
			}
			add("products", how, 1, one.work())
		}
	}
}
