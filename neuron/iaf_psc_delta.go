package neuron

import (
	"math"

	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/param"
)

// IafPscDelta is the leaky integrate-and-fire neuron with delta-shaped
// post-synaptic currents,
//
//	dV/dt = −(V − E_L)/τ_m + (I + I_e)/C_m,   V ← V + w when a spike arrives,
//	spike and V ← V_reset where V ≥ V_th, then held for t_ref
//
// (S. Rotter and M. Diesmann, Biol. Cybern. 81:381, 1999). It is advanced
// exactly from step to step; spikes are on the grid of steps, and t_ref is
// rounded to it. What arrives while the neuron is refractory is lost, unless
// RefractoryInput keeps it.
type IafPscDelta struct {
	VTh             float64 `param:"V_th" unit:"V" default:"-0.055" doc:"threshold"`
	VReset          float64 `param:"V_reset" unit:"V" default:"-0.07" doc:"voltage after a spike"`
	EL              float64 `param:"E_L" unit:"V" default:"-0.07" doc:"resting voltage, and the voltage at the start"`
	CM              float64 `param:"C_m" unit:"F" default:"250e-12" check:">0" doc:"membrane capacitance"`
	TauM            float64 `param:"tau_m" unit:"s" default:"0.01" check:">0" doc:"membrane time constant"`
	TRef            float64 `param:"t_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	IE              float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
	VMin            float64 `param:"V_min" unit:"V" default:"-inf" doc:"lower bound of the voltage"`
	RefractoryInput bool    `param:"refractory_input" doc:"keep what arrives while refractory, decayed by the rest of the period, and add it at its end"`
}

// Spec implements Model. There is one receptor: weights of either sign are
// jumps of the voltage.
func (m IafPscDelta) Spec() Spec {
	m = param.Resolve(m)
	spec := Spec{
		Name: "iaf_psc_delta",
		States: []State{
			{Name: "V_m", Unit: "V", Init: dist.Constant{Value: m.EL}},
			{Name: "refractory_time", Unit: "s", Init: dist.Constant{}},
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: []Receptor{{Name: "delta", Unit: "V"}},
	}
	if m.RefractoryInput {
		spec.States = append(spec.States, State{Name: "refractory_input", Unit: "V", Init: dist.Constant{}})
	}
	return spec
}

// Check implements Checker.
func (m IafPscDelta) Check() []param.Problem {
	return append(checkBelow("V_reset", m.VReset, "V_th", m.VTh), checkBelow("V_min", m.VMin, "V_th", m.VTh)...)
}

// CheckDt implements DtChecker.
func (m IafPscDelta) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	return append(checkMembrane("tau_m", m.TauM, dt), checkRefractory(m.TRef, dt)...)
}

// Rates implements Rater: the rate in the limit of short steps.
func (m IafPscDelta) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	pscRates{m.VTh, m.VReset, m.EL, m.CM, m.TauM, m.TRef, m.IE}.write(rates, currents)
}

// NewStepper implements Model.
func (m IafPscDelta) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &iafPscDeltaStepper{
		IafPscDelta: m, membrane: newMembrane(m.TauM, m.CM, env.Dt), clock: newRefractory(m.TRef, env.Dt),
	}, nil
}

type iafPscDeltaStepper struct {
	IafPscDelta
	membrane membrane
	clock    refractory
	arrivals arrivals
}

func (s *iafPscDeltaStepper) Step(b *Block) { s.stepPart(b, 0, len(b.Input)) }

func (s *iafPscDeltaStepper) stepPart(b *Block, lo, hi int) {
	n := len(b.Input)
	v, left := b.State[0][:n], b.State[1][:n]
	arrived := s.arrivals.at(b, 0)
	var kept []float64
	if s.RefractoryInput {
		kept = b.State[2][:n]
	}
	for i := lo; i < hi; i++ {
		current := b.Input[i]
		if left[i] > 0 {
			left[i] = s.clock.tick(left[i])
			if kept != nil {
				kept[i] += float64(arrived[i] * elementary.Exp(-(left[i]+s.clock.dt)/s.TauM))
			}
			continue
		}
		u := v[i] + float64(s.membrane.leak*(v[i]-s.EL)) + float64(s.membrane.drive*(current+s.IE)) + arrived[i]
		if kept != nil {
			u, kept[i] = u+kept[i], 0
		}
		if u < s.VMin {
			u = s.VMin
		}
		if u >= s.VTh {
			u, left[i] = s.VReset, s.clock.period
			b.Fire(i, s.clock.dt)
		}
		v[i] = u
	}
}

// pscRates is the closed-form rate of the integrate-and-fire neurons with
// current synapses,
//
//	1/(t_ref + τ_m ln((V_∞ − V_reset)/(V_∞ − V_th))),   V_∞ = E_L + τ_m (I + I_e)/C_m.
//
// On a grid of steps the inter-spike interval is this rounded up to the next
// step.
type pscRates struct {
	threshold, reset, rest, capacitance, tauM, tRef, offset float64
}

func (r pscRates) write(rates, currents []float64) {
	for i, current := range currents {
		overshoot := r.rest - r.threshold + float64(r.tauM*(current+r.offset))/r.capacitance
		rates[i] = 0
		switch {
		case math.IsNaN(overshoot):
			rates[i] = math.NaN()
		case overshoot > 0:
			rates[i] = 1 / (r.tRef + float64(r.tauM*elementary.Log1p((r.threshold-r.reset)/overshoot)))
		}
	}
}
