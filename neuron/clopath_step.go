package neuron

import (
	"soma/internal/elementary"
	"soma/internal/equation"
	"soma/internal/param"
)

// clopathStepper steps aeif_psc_delta_clopath neurons. Where nothing is fast they are
// carried over the step together (clopath_calm.go); some tens of steps for each spike
// are cut into parts, and the last few are solved one by one.
type clopathStepper struct {
	*clopathNeuron                 // the neuron at hand
	neurons        []clopathNeuron // one for all, or one for each
	whole, parts   *flow
	odd            []float64 // 1: the flows have left the neuron
	list           []int32   // those that the first has left
	variables      [][]float64
	arrivals       arrivals
	solver         *rungeKutta

	y       []float64 // of the neuron at hand: the first seven state variables
	current float64   // and its input
	spike   bool      // V is at V_clamp, and w rests
	held    bool      // V is at V_reset
	upswing upswing
}

// clopathNeuron is the constants of a neuron.
type clopathNeuron struct {
	AeifPscDeltaClopath
	clamp, clock refractory
}

func newClopath(models []AeifPscDeltaClopath, env Env) (Stepper, error) {
	s := &clopathStepper{y: make([]float64, 7)}
	var parameters, inParts [][]equation.Given
	for _, m := range models {
		m = param.Resolve(m)
		s.neurons = append(s.neurons, clopathNeuron{m, newRefractory(m.TClamp, env.Dt), newRefractory(m.TRef, env.Dt)})
		parameters, inParts = append(parameters, m.calm(env.Dt)), append(inParts, m.calm(env.Dt/calmParts))
	}
	s.clopathNeuron = &s.neurons[0]
	s.solver = newRungeKutta(s, voltageScale, currentScale, currentScale, voltageScale, voltageScale, voltageScale, voltageScale)
	s.upswing.solver = s.solver
	var err error
	if s.whole, err = newFlow(env, calmSource, parameters...); err != nil {
		return nil, err
	}
	env.Dt /= calmParts
	s.parts, err = newFlow(env, calmSource, inParts...)
	return s, err
}

// at takes the neuron i of the population to hand.
func (s *clopathStepper) at(i int) {
	if len(s.neurons) > 1 {
		s.clopathNeuron = &s.neurons[i]
	}
}

func (s *clopathStepper) derive(y, dydt []float64) {
	v := min(s.upswing.voltage(y), s.VPeak)
	dydt[0], dydt[1] = 0, 0
	if s.spike {
		v = s.VClamp
	} else {
		dydt[1] = (float64(s.A*(v-s.EL)) - y[1]) / s.TauW
		if !s.held {
			dydt[0] = s.slope(y, v)
		}
	}
	dydt[2] = -y[2] / s.TauZ
	dydt[3] = (s.VThRest - y[3]) / s.TauVTh
	dydt[4] = (v - y[4]) / s.TauUBarPlus
	dydt[5] = (v - y[5]) / s.TauUBarMinus
	dydt[6] = (y[5] - y[6]) / s.TauUBarBar
}

// slope is that of V, or of −z.
func (s *clopathStepper) slope(y []float64, v float64) float64 {
	current := s.current - float64(s.GL*(v-s.EL)) - y[1] + y[2]
	if s.upswing.rising {
		moved := elementary.Exp((s.upswing.from - y[3]) / s.DeltaT)
		return (float64(s.GL*moved) - float64(y[0]*current)/s.DeltaT) / s.CM
	}
	return (current + float64(float64(s.GL*s.DeltaT)*elementary.Exp((v-y[3])/s.DeltaT))) / s.CM
}

func (s *clopathStepper) Step(b *Block) {
	vars := len(s.y)
	v, clamped, left := b.State[0], b.State[vars], b.State[vars+1]
	s.calm(b, clamped, left)
	for i, arrived := range s.arrivals.at(b, 0) {
		s.at(b.First + i)
		s.spike, s.held = clamped[i] > 0, left[i] > 0
		if s.odd[i] > 0 {
			s.single(b, i)
		}
		switch {
		case clamped[i] > 0:
			if clamped[i] = s.clamp.tick(clamped[i]); clamped[i] == 0 {
				v[i], left[i] = s.VReset, s.clock.period
			}
		case left[i] > 0:
			left[i] = s.clock.tick(left[i])
		case s.spike || s.hit(b, i, arrived):
			b.Fire(i, s.clock.dt)
			clamped[i] = s.clamp.period
		}
	}
}

// calm carries all neurons over the step but the odd ones.
func (s *clopathStepper) calm(b *Block, clamped, left []float64) {
	vars, n := len(s.y), len(b.Input)
	if len(s.odd) < n {
		s.odd = make([]float64, n)
	}
	odd := s.odd[:n]
	clear(odd)
	s.variables = append(append(s.variables[:0], b.State[:vars]...), odd)
	s.whole.step(b, s.variables, clamped, left)
	s.list = s.list[:0]
	for i, x := range odd {
		if x > 0 {
			s.list, odd[i] = append(s.list, int32(i)), 0
		}
	}
	if len(s.list) == 0 {
		return
	}
	some := s.parts.stepSome(calmParts, s.list, b, s.variables, clamped, left)
	for j, i := range s.list {
		if odd[i] = some[vars][j]; odd[i] == 0 {
			for k, row := range b.State[:vars] {
				row[i] = some[k][j]
			}
		}
	}
}

// hit adds what arrives at neuron i and reports whether a spike begins.
func (s *clopathStepper) hit(b *Block, i int, arrived float64) bool {
	v := b.State[0]
	if v[i] += arrived; v[i] < s.VPeak {
		return false
	}
	gather(s.y, b.State, i)
	s.upswing.peak = s.VPeak
	s.test()
	scatter(s.y, b.State, i)
	return true
}

// single carries neuron i through the step by the adaptive method.
func (s *clopathStepper) single(b *Block, i int) {
	substep := b.State[len(s.y)+2]
	gather(s.y, b.State, i)
	s.current = b.Input[i] + s.IE
	s.upswing.width, s.upswing.peak = s.DeltaT, s.VPeak
	s.solver.begin(s.y, substep[i])
	if s.spike || s.held {
		s.solver.advance(s.y, s.clock.dt)
	} else {
		s.advance()
	}
	substep[i] = s.solver.size
	scatter(s.y, b.State, i)
}

// advance carries the neuron at hand through a step in which it may fire.
func (s *clopathStepper) advance() {
	y := s.y
	for span := s.clock.dt; span > 0; {
		s.test()
		if !s.spike && !s.upswing.rising && y[0] >= y[3] {
			s.upswing.rise(y, y[3])
		}
		h := s.solver.substep(y, span)
		if limit := s.upswing.limit(); !s.spike && s.solver.next[0] >= limit {
			h = s.solver.crossing(y, h, limit)
			s.solver.next[0] = limit
		}
		s.solver.accept(y)
		span -= h
	}
	s.test()
	s.upswing.settle(y, s.upswing.voltage(y))
}

// test begins a spike where V has reached the peak.
func (s *clopathStepper) test() {
	y := s.y
	if s.spike || y[0] < s.upswing.limit() {
		return
	}
	s.spike = true
	s.upswing.settle(y, s.VClamp)
	y[1] += s.B
	y[2] = s.ISp
	y[3] = s.VThMax
	s.solver.restart(y)
}
