package neuron

import (
	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/param"
)

// AeifPscDeltaClopath is the adaptive exponential integrate-and-fire neuron with
// a spike of a given shape, a depolarising current after it and a threshold that
// adapts, for plasticity that looks at the voltage (learn.Clopath),
//
//	C_m dV/dt = −g_L (V − E_L) + g_L Δ_T e^((V − V_th)/Δ_T) − w + z + I + I_e,
//	τ_w dw/dt = a (V − E_L) − w,    τ_z dz/dt = −z,
//	τ_Vth dV_th/dt = V_th_rest − V_th,    V ← V + weight when a spike arrives
//
// (C. Clopath, L. Büsing, E. Vasilaki and W. Gerstner, Nat. Neurosci. 13:344,
// 2010, eqs. 5–8). Where V reaches V_peak, w ← w + b, z ← I_sp, V_th ← V_th_max,
// and V stays at V_clamp for the rest of the step and t_clamp, in which w rests.
// Then V ← V_reset, where it is held for t_ref. What arrives meanwhile is lost.
// The neuron also filters its voltage,
//
//	τ₊ dū₊/dt = V − ū₊,   τ₋ dū₋/dt = V − ū₋,   τ̄ dū̄/dt = ū₋ − ū̄.
//
// V_peak is reached within a step, at a time that is solved for; the spike is
// reported at the end of its step, and t_clamp and t_ref are rounded to steps. The
// equations are solved to about 1e-8 mV, with an adaptive method near spikes.
type AeifPscDeltaClopath struct {
	VPeak        float64 `param:"V_peak" unit:"V" default:"0.033" doc:"where a spike is detected"`
	VReset       float64 `param:"V_reset" unit:"V" default:"-0.06" doc:"voltage after a spike"`
	TRef         float64 `param:"t_ref" unit:"s" check:">=0" doc:"refractory period, after the spike's tip"`
	GL           float64 `param:"g_L" unit:"S" default:"30e-9" check:">0" doc:"leak conductance"`
	CM           float64 `param:"C_m" unit:"F" default:"281e-12" check:">0" doc:"membrane capacitance"`
	EL           float64 `param:"E_L" unit:"V" default:"-0.0706" doc:"leak reversal potential, and the voltage at the start"`
	DeltaT       float64 `param:"Delta_T" unit:"V" default:"0.002" check:">0" doc:"slope factor"`
	TauW         float64 `param:"tau_w" unit:"s" default:"0.144" check:">0" doc:"time constant of the adaptation"`
	A            float64 `param:"a" unit:"S" default:"4e-9" doc:"subthreshold adaptation"`
	B            float64 `param:"b" unit:"A" default:"80.5e-12" doc:"adaptation per spike"`
	VThMax       float64 `param:"V_th_max" unit:"V" default:"0.0304" doc:"threshold after a spike"`
	VThRest      float64 `param:"V_th_rest" unit:"V" default:"-0.0504" doc:"threshold at rest, where the upswing begins"`
	TauVTh       float64 `param:"tau_V_th" unit:"s" default:"0.05" check:">0" doc:"time constant of the threshold"`
	ISp          float64 `param:"I_sp" unit:"A" default:"400e-12" doc:"depolarising current after a spike"`
	TauZ         float64 `param:"tau_z" unit:"s" default:"0.04" check:">0" doc:"time constant of the depolarising current"`
	VClamp       float64 `param:"V_clamp" unit:"V" default:"0.033" doc:"voltage during a spike"`
	TClamp       float64 `param:"t_clamp" unit:"s" default:"0.002" check:">0" doc:"duration of a spike"`
	TauUBarPlus  float64 `param:"tau_u_bar_plus" unit:"s" default:"0.007" check:">0" doc:"time constant of u_bar_plus"`
	TauUBarMinus float64 `param:"tau_u_bar_minus" unit:"s" default:"0.01" check:">0" doc:"time constant of u_bar_minus"`
	TauUBarBar   float64 `param:"tau_u_bar_bar" unit:"s" default:"0.5" check:">0" doc:"time constant of u_bar_bar"`
	IE           float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// Spec implements Model. There is one receptor: weights of either sign are jumps
// of the voltage.
func (m AeifPscDeltaClopath) Spec() Spec {
	m = param.Resolve(m)
	rest := dist.Constant{Value: m.EL}
	return Spec{
		Name: "aeif_psc_delta_clopath",
		States: []State{
			{Name: "V_m", Unit: "V", Init: rest},
			{Name: "w", Unit: "A", Init: dist.Constant{}},
			{Name: "z", Unit: "A", Init: dist.Constant{}},
			{Name: "V_th", Unit: "V", Init: dist.Constant{Value: m.VThRest}},
			{Name: "u_bar_plus", Unit: "V", Init: rest},
			{Name: "u_bar_minus", Unit: "V", Init: rest},
			{Name: "u_bar_bar", Unit: "V", Init: rest},
			{Name: "clamp_time", Unit: "s", Init: dist.Constant{}},
			gridStates[0], gridStates[1],
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: []Receptor{{Name: "delta", Unit: "V"}},
	}
}

// Check implements Checker.
func (m AeifPscDeltaClopath) Check() []param.Problem {
	problems := append(checkBelow("V_reset", m.VReset, "V_peak", m.VPeak), checkBelow("V_th_rest", m.VThRest, "V_peak", m.VPeak)...)
	return append(problems, checkUpswing(m.DeltaT, m.VPeak-m.VThRest)...)
}

// CheckDt implements DtChecker.
func (m AeifPscDeltaClopath) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	problems := append(checkMembrane("C_m/g_L", m.CM/m.GL, dt), checkRefractory(m.TRef, dt)...)
	return append(problems, checkPeriod("t_clamp", m.TClamp, dt, "")...)
}

// Measurement implements Measured.
func (AeifPscDeltaClopath) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater.
func (m AeifPscDeltaClopath) Rates(rates, currents []float64) { measure(m, rates, currents) }

// NewStepper implements Model.
func (m AeifPscDeltaClopath) NewStepper(env Env) (Stepper, error) {
	s := &clopathStepper{AeifPscDeltaClopath: param.Resolve(m), y: make([]float64, 7)}
	s.clamp, s.clock = newRefractory(s.TClamp, env.Dt), newRefractory(s.TRef, env.Dt)
	s.calm = newCalm(s.AeifPscDeltaClopath, env.Dt)
	s.solver = newRungeKutta(s, voltageScale, currentScale, currentScale, voltageScale, voltageScale, voltageScale, voltageScale)
	return s, nil
}

type clopathStepper struct {
	AeifPscDeltaClopath
	clamp, clock refractory
	calm         calm
	arrivals     arrivals
	solver       *rungeKutta

	y       []float64 // of the neuron at hand: the first seven state variables
	current float64   // and its input
	spike   bool      // V is at V_clamp, and w rests
	held    bool      // V is at V_reset
}

func (s *clopathStepper) derive(y, dydt []float64) {
	v := min(y[0], s.VPeak)
	dydt[0], dydt[1] = 0, 0
	if s.spike {
		v = s.VClamp
	} else {
		dydt[1] = (float64(s.A*(v-s.EL)) - y[1]) / s.TauW
		if !s.held {
			upswing := float64(float64(s.GL*s.DeltaT) * elementary.Exp((v-y[3])/s.DeltaT))
			dydt[0] = (s.current - float64(s.GL*(v-s.EL)) + upswing - y[1] + y[2]) / s.CM
		}
	}
	dydt[2] = -y[2] / s.TauZ
	dydt[3] = (s.VThRest - y[3]) / s.TauVTh
	dydt[4] = (v - y[4]) / s.TauUBarPlus
	dydt[5] = (v - y[5]) / s.TauUBarMinus
	dydt[6] = (y[5] - y[6]) / s.TauUBarBar
}

func (s *clopathStepper) Step(b *Block) {
	vars := len(s.y)
	clamped, left, substep := b.State[vars], b.State[vars+1], b.State[vars+2]
	arrived := s.arrivals.at(b, 0)
	for i, current := range b.Input {
		y := s.y
		gather(y, b.State, i)
		s.current = current + s.IE
		s.spike, s.held = clamped[i] > 0, left[i] > 0
		if !s.spike && !s.held && s.calmStep() {
			y[0] += arrived[i]
			if s.test(); s.spike {
				b.Fire(i, s.clock.dt)
				clamped[i] = s.clamp.period
			}
			scatter(y, b.State, i)
			continue
		}
		s.solver.begin(y, substep[i])
		switch {
		case s.spike:
			s.solver.advance(y, s.clock.dt)
			if clamped[i] = s.clamp.tick(clamped[i]); clamped[i] == 0 {
				y[0], left[i] = s.VReset, s.clock.period
			}
		case s.held:
			s.solver.advance(y, s.clock.dt)
			left[i] = s.clock.tick(left[i])
		default:
			if s.advance(arrived[i]) {
				b.Fire(i, s.clock.dt)
				clamped[i] = s.clamp.period
			}
		}
		substep[i] = s.solver.size
		scatter(y, b.State, i)
	}
}

// advance carries the neuron through a step, at the end of which spikes arrive,
// and reports whether it fires.
func (s *clopathStepper) advance(arrived float64) bool {
	y := s.y
	for span := s.clock.dt; span > 0; {
		s.test()
		h := s.solver.substep(y, span)
		if !s.spike && s.solver.next[0] >= s.VPeak {
			h = s.solver.crossing(y, h, s.VPeak)
			s.solver.next[0] = s.VPeak
		}
		s.solver.accept(y)
		span -= h
	}
	s.test()
	if !s.spike {
		y[0] += arrived
		s.test()
	}
	return s.spike
}

// test begins a spike where V has reached the peak.
func (s *clopathStepper) test() {
	if s.spike || s.y[0] < s.VPeak {
		return
	}
	s.spike = true
	s.y[0] = s.VClamp
	s.y[1] += s.B
	s.y[2] = s.ISp
	s.y[3] = s.VThMax
	s.solver.restart(s.y)
}
