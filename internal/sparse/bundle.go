package sparse

import (
	"fmt"
	"math"

	"soma/connect"
)

// A bundle is all synapses from one population to one receptor that have the
// same constant weight, or each a weight of its own.
type bundle struct {
	source      int // population
	receptor    int
	constant    bool
	weight      float64 // if constant
	low, high   int     // delays, in steps
	plastic     Plastic // if active, the bundle has one projection
	number      int     // of that projection
	projections []projection
}

func (b *bundle) delays() int { return b.high - b.low + 1 }

// A projection is a Projection made ready for drawing.
type projection struct {
	Projection
	plan    connect.Plan
	delay   delayDraw
	weights connect.Value
	numbers bool // weights or delays need the synapses' numbers
}

func newProjection(p Projection, dt float64) (projection, error) {
	var err error
	pair := connect.Pair{
		Sources: p.Source.N, Targets: p.Target.N,
		Overlap: p.Source.Population == p.Target.Population, Shift: p.Source.First - p.Target.First,
		Stream: p.Pairs, SourcePlaces: p.SourcePlaces, TargetPlaces: p.TargetPlaces,
	}
	r := projection{}
	if r.plan, err = p.Rule.Plan(pair); err != nil {
		return r, fmt.Errorf("rule: %w", err)
	}
	if p.Weight, err = connect.Locate(p.Weight, pair, r.plan); err != nil {
		return r, fmt.Errorf("weight: %w", err)
	}
	if p.Delay, err = connect.Locate(p.Delay, pair, r.plan); err != nil {
		return r, fmt.Errorf("delay: %w", err)
	}
	r.Projection, r.weights = p, p.Weight
	if err := p.Weight.Check(r.plan); err != nil {
		return r, fmt.Errorf("weight: %w", err)
	}
	if err := p.Delay.Check(r.plan); err != nil {
		return r, fmt.Errorf("delay: %w", err)
	}
	if r.delay, err = newDelayDraw(p.Delay, dt); err != nil {
		return r, err
	}
	if n, ok := p.Weight.(connect.Normal); ok {
		r.weights = n.Bounded()
	}
	r.numbers = r.plan.Numbers != nil && (isArray(p.Weight) || isArray(p.Delay))
	return r, nil
}

// isArray reports whether a value may look at the numbers of synapses.
func isArray(v connect.Value) bool {
	switch v.(type) {
	case connect.Constant, connect.Quantile:
		return false
	}
	return true
}

// newBundles groups projections, in the order in which their bundles first
// occur.
func newBundles(spec *Spec, projections []projection) []*bundle {
	type key struct {
		source, receptor int
		constant         bool
		weight           uint64
		plastic          int // projections that learn are bundles of their own
	}
	var bundles []*bundle
	index := map[key]*bundle{}
	for i, p := range projections {
		k := key{source: p.Source.Population, receptor: p.Receptor}
		if spec.Populations[p.Target.Population].Model.receptors() == 1 {
			k.receptor = 0
		}
		if w, ok := p.Weight.(connect.Constant); ok {
			k.constant, k.weight = true, math.Float64bits(float64(w))
		}
		if p.Plastic.active() {
			k.plastic = i + 1
		}
		b := index[k]
		if b == nil {
			b = &bundle{
				source: k.source, receptor: k.receptor,
				constant: k.constant, weight: math.Float64frombits(k.weight),
				low: p.delay.low, high: p.delay.high, plastic: p.Plastic, number: i,
			}
			index[k] = b
			bundles = append(bundles, b)
		}
		b.low, b.high = min(b.low, p.delay.low), max(b.high, p.delay.high)
		b.projections = append(b.projections, p)
	}
	return bundles
}
