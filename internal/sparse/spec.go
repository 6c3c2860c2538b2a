package sparse

import (
	"fmt"

	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/rng"
)

// A Spec describes a network. All quantities are in SI units.
type Spec struct {
	Dt          float64
	Populations []Population
	Projections []Projection
	Partitions  int // 0: as many as threads
	Threads     int // 0: GOMAXPROCS
	Level       kernel.Level
}

// A Population is neurons of one model.
type Population struct {
	N       int
	Model   Model
	Each    []Model   // of each neuron, like Model but for its parameters; nil: all are Model
	V       []float64 // initial membrane potentials; nil: the resting potential
	Poisson Poisson
}

// Poisson is an independent Poisson train for every neuron of a population,
// delivered to its excitatory receptor.
type Poisson struct {
	Rate   float64 // Hz; 0: none
	Weight float64 // in the unit of the model
	Stream rng.Stream
}

// A Projection is the synapses from one population, or a part of it, to another.
type Projection struct {
	Source, Target Part
	Receptor       int // 0: excitatory, 1: inhibitory, or those of a Stepped model; models with one input ignore it
	Rule           connect.Rule
	Weight         connect.Value // in the unit of the model; stored as float32 unless constant or plastic
	Delay          connect.Value // s; see DelaySteps
	Plastic        Plastic
	// Streams of the three kinds of draws.
	Pairs, Weights, Delays rng.Stream
	// Where the neurons of the two parts are; zero: nowhere.
	SourcePlaces, TargetPlaces connect.Places
}

// A Part is the neurons [First, First+N) of a population; N = 0: all from First.
type Part struct {
	Population, First, N int
}

// maxTargets is how many neurons a 16-bit index tells apart.
const maxTargets = 1 << 16

func (s *Spec) check() error {
	if !(s.Dt > 0) {
		return fmt.Errorf("dt is %g s; give a positive step", s.Dt)
	}
	for i, p := range s.Populations {
		if err := p.check(s.Dt); err != nil {
			return fmt.Errorf("population %d: %w", i, err)
		}
	}
	for i := range s.Projections {
		p := &s.Projections[i]
		for _, part := range []*Part{&p.Source, &p.Target} {
			if err := part.resolve(s.Populations); err != nil {
				return fmt.Errorf("projection %d: %w", i, err)
			}
		}
		if last := max(1, s.Populations[p.Target.Population].Model.receptors()-1); p.Receptor < 0 || p.Receptor > last {
			return fmt.Errorf("projection %d: receptor %d; there are 0 to %d", i, p.Receptor, last)
		}
		if p.Rule == nil || p.Weight == nil || p.Delay == nil {
			return fmt.Errorf("projection %d: rule, weight and delay must be given", i)
		}
	}
	return nil
}

func (p Population) check(dt float64) error {
	switch {
	case p.N < 0:
		return fmt.Errorf("%d neurons", p.N)
	case p.Model == nil:
		return fmt.Errorf("no model")
	case p.V != nil && len(p.V) != p.N:
		return fmt.Errorf("%d initial potentials for %d neurons", len(p.V), p.N)
	case !(p.Poisson.Rate >= 0) || p.Poisson.Rate*dt > maxPoissonMean:
		return fmt.Errorf("a Poisson rate of %g Hz; give one from 0 to %g", p.Poisson.Rate, maxPoissonMean/dt)
	}
	return p.checkEach(dt)
}

// checkEach wants models that are advanced alike.
func (p Population) checkEach(dt float64) error {
	if p.Each == nil {
		return p.Model.check(dt)
	}
	m, ok := p.Model.(advanced)
	if !ok || len(p.Each) != p.N {
		return fmt.Errorf("%d models for %d neurons; give as many, of a kind that is advanced here", len(p.Each), p.N)
	}
	for i, one := range p.Each {
		if like, ok := one.(advanced); !ok || like.update() != m.update() {
			return fmt.Errorf("neuron %d: %T is not advanced like %T", i, one, m)
		}
		if err := one.check(dt); err != nil {
			return fmt.Errorf("neuron %d: %w", i, err)
		}
	}
	return nil
}

func (p *Part) resolve(populations []Population) error {
	if p.Population < 0 || p.Population >= len(populations) {
		return fmt.Errorf("there is no population %d", p.Population)
	}
	n := populations[p.Population].N
	if p.N == 0 {
		p.N = n - p.First
	}
	if p.First < 0 || p.N < 0 || p.First+p.N > n {
		return fmt.Errorf("neurons %d to %d of a population of %d", p.First, p.First+p.N, n)
	}
	return nil
}
