package signal

import (
	"soma/dist"
	"soma/internal/param"
	"soma/synapse"
)

// FilteredNoise is WhiteNoise that has passed a synapse (default: a lowpass of
// 5 ms), within the step. Through a lowpass of time constant τ, scaled noise has
// the standard deviation √(1/(2τ)).
type FilteredNoise struct {
	Synapse  synapse.Synapse   `param:"synapse" default:"5*ms" doc:"the filter"`
	Dist     dist.Distribution `param:"dist" default:"dist.normal()" doc:"what is drawn"`
	Unscaled bool              `param:"no_scale" doc:"do not divide by the root of the step"`
	Dims     int               `param:"size" default:"1" doc:"number of values"`
}

// Size implements Signal.
func (f FilteredNoise) Size() int { return max(1, f.Dims) }

// Sized implements Sizable.
func (f FilteredNoise) Sized(n int) Signal { f.Dims = n; return f }

// Check implements Checker.
func (f FilteredNoise) Check() []param.Problem {
	problems := checkNoise(f.Dist, f.Dims)
	if _, each := f.Synapse.(synapse.Each); each {
		return append(problems, param.Problem{Field: "synapse", Problem: "a list", Remedy: "give one synapse"})
	}
	for _, problem := range synapse.Check(f.Synapse) {
		if problem.Field = "synapse." + problem.Field; f.Synapse != nil {
			problems = append(problems, problem)
		}
	}
	return problems
}

// Start implements Signal.
func (f FilteredNoise) Start(env Env) (func(float64, []float64), error) {
	filter := f.Synapse
	if filter == nil {
		filter = synapse.Lowpass{Tau: 0.005}
	}
	system, err := filter.Discrete(env.Dt)
	if err != nil {
		return nil, err
	}
	noise, err := WhiteNoise{f.Dist, f.Unscaled, f.Dims}.Start(env)
	if err != nil {
		return nil, err
	}
	u, state := make([]float64, f.Size()), make([]float64, system.Order()*f.Size())
	return func(t float64, out []float64) {
		noise(t, u)
		system.Step(state, u, out)
	}, nil
}

// BrownNoise is the integral of WhiteNoise, a random walk: without bounds, at the
// time t, it has the variance t times that of Dist.
type BrownNoise struct {
	Dist dist.Distribution `param:"dist" default:"dist.normal()" doc:"what is drawn"`
	Dims int               `param:"size" default:"1" doc:"number of values"`
}

// Size implements Signal.
func (b BrownNoise) Size() int { return max(1, b.Dims) }

// Sized implements Sizable.
func (b BrownNoise) Sized(n int) Signal { b.Dims = n; return b }

// Check implements Checker.
func (b BrownNoise) Check() []param.Problem { return checkNoise(b.Dist, b.Dims) }

// Start implements Signal.
func (b BrownNoise) Start(env Env) (func(float64, []float64), error) {
	integral := synapse.Linear{Num: []float64{1}, Den: []float64{1, 0}, Method: "euler"}
	return FilteredNoise{Synapse: integral, Dist: b.Dist, Dims: b.Dims}.Start(env)
}
