package program

import (
	"math"

	"soma/connect"
)

// Each draws the synapses again, target by target in the order of their numbers,
// and passes them to visit until it returns false: neurons counted within the
// two parts, the weight as it is stored, the delay in steps.
func (s *Synapses) Each(dt float64, visit func(source, target int, weight float64, delay int64) bool) error {
	plan, weight, delay, err := s.plan()
	if err != nil {
		return err
	}
	_, constant := weight.(connect.Constant)
	for target := range s.To.N {
		drawn := connect.Synapses{Target: target, Sources: plan.Sources(target, nil)}
		if plan.Numbers != nil {
			drawn.Numbers = plan.Numbers(target, nil)
		}
		weights, delays := make([]float64, len(drawn.Sources)), make([]float64, len(drawn.Sources))
		drawn.Stream = s.Weights
		weight.Fill(drawn, weights)
		drawn.Stream = s.Delays
		delay.Fill(drawn, delays)
		for k, source := range drawn.Sources {
			w := weights[k]
			if !constant && !s.Learns() {
				w = float64(float32(w))
			}
			if !visit(int(source), target, w, max(1, int64(math.Floor(delays[k]/dt+0.5)))) {
				return nil
			}
		}
	}
	return nil
}

// Learns says whether the synapses change.
func (s *Synapses) Learns() bool { return s.Learning != nil || s.Release != nil || s.Frozen }

// plan applies rule, weight and delay to the two parts.
func (s *Synapses) plan() (plan connect.Plan, weight, delay connect.Value, err error) {
	pair := connect.Pair{
		Sources: s.From.N, Targets: s.To.N,
		Overlap: s.From.Population == s.To.Population, Shift: s.From.First - s.To.First, Stream: s.Pairs,
		SourcePlaces: s.SourcePlaces, TargetPlaces: s.TargetPlaces,
	}
	if plan, err = s.Rule.Plan(pair); err != nil {
		return plan, nil, nil, err
	}
	if weight, err = connect.Locate(s.Weight, pair, plan); err != nil {
		return plan, nil, nil, err
	}
	delay, err = connect.Locate(s.Delay, pair, plan)
	return plan, weight, delay, err
}

// Sources is the number of neurons that the synapses may come from; 0 for none.
func (s *Synapses) Sources() int {
	if s == nil {
		return 0
	}
	return s.From.N
}

// Targets is the number of neurons that the synapses may reach; 0 for none.
func (s *Synapses) Targets() int {
	if s == nil {
		return 0
	}
	return s.To.N
}
