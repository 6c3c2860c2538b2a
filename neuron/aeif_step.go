package neuron

import (
	"soma/internal/elementary"
	"soma/internal/equation"
	"soma/internal/param"
)

// aeifStepper steps aeif neurons with either kind of conductance. A flow carries
// all of them; those that it leaves on their way up, and refractory ones, are
// stepped again one by one from where they began, with the spikes in the step.
type aeifStepper struct {
	*aeifNeuron              // the neuron at hand
	neurons     []aeifNeuron // one for all, or one for each
	flow        *flow
	began       [][]float64 // the state when the step began
	arrivals    arrivals
	solver      *rungeKutta

	y       []float64 // of the neuron at hand: V_m, w and the conductances
	current float64   // and its input
	upswing upswing
}

// aeifNeuron is the constants of a neuron.
type aeifNeuron struct {
	AeifCondExp
	peak     float64 // where a spike is detected, V
	leave    float64 // where the flow leaves the neuron, V
	synapses synapses
	clock    refractory
	scale    []float64 // of the solver
}

// upswings are by how many Δ_T a neuron is above V_th where it is left to itself: it
// will fire within some τ_m/50.
const upswings = 4

func newAeifNeuron(m AeifCondExp, alpha bool, env Env) aeifNeuron {
	m = param.Resolve(m)
	g := synapses{alpha: alpha, tauEx: m.TauSynEx, tauIn: m.TauSynIn}
	one := aeifNeuron{
		AeifCondExp: m, peak: m.VPeak, leave: min(m.VPeak, m.VTh+float64(upswings*m.DeltaT)), synapses: g,
		clock: newRefractory(m.TRef, env.Dt),
		scale: append([]float64{voltageScale, currentScale}, g.scales(conductanceScale)...),
	}
	if m.DeltaT == 0 {
		one.peak = m.VTh
	}
	return one
}

func newAeif(models []AeifCondExp, alpha bool, env Env) (Stepper, error) {
	s := &aeifStepper{neurons: make([]aeifNeuron, len(models))}
	parameters := make([][]equation.Given, len(models))
	for i, m := range models {
		s.neurons[i] = newAeifNeuron(m, alpha, env)
		parameters[i] = s.neurons[i].parameters()
	}
	s.aeifNeuron = &s.neurons[0]
	s.y = make([]float64, len(s.scale))
	s.began = make([][]float64, len(s.y)+2)
	s.solver = newRungeKutta(s, s.scale...)
	s.upswing.solver = s.solver
	var err error
	s.flow, err = newFlow(env, equation.Source{Text: s.equations(alpha), Method: eighth, Until: "V_m >= leave"}, parameters...)
	return s, err
}

// at takes the neuron i of the population to hand.
func (s *aeifStepper) at(i int) {
	if len(s.neurons) > 1 {
		s.aeifNeuron = &s.neurons[i]
	}
}

// parameters are those of the equations.
func (m *aeifNeuron) parameters() []equation.Given {
	list := given("C_m", m.CM, "g_L", m.GL, "E_L", m.EL, "E_ex", m.EEx, "E_in", m.EIn, "V_peak", m.VPeak,
		"a", m.A, "tau_w", m.TauW, "tau_ex", m.TauSynEx, "tau_in", m.TauSynIn, "I_e", m.IE, "leave", m.leave)
	if m.DeltaT > 0 {
		list = append(list, given("Delta_T", m.DeltaT, "V_th", m.VTh)...)
	}
	return list
}

// equations are the text of the equations, with the variables in the order of the
// states.
func (m AeifCondExp) equations(alpha bool) string {
	upswing := ""
	if m.DeltaT > 0 {
		upswing = "+ g_L*Delta_T*exp((u - V_th)/Delta_T)"
	}
	text := `
		u = min(V_m, V_peak) : volt
		dV_m/dt = (I + I_e - g_L*(u - E_L) - g_ex*(u - E_ex) - g_in*(u - E_in) - w ` + upswing + `)/C_m : volt
		dw/dt = (a*(u - E_L) - w)/tau_w : amp`
	if alpha {
		return text + `
		dg_ex/dt = d_ex - g_ex/tau_ex : siemens
		dg_in/dt = d_in - g_in/tau_in : siemens
		dd_ex/dt = -d_ex/tau_ex : siemens/second
		dd_in/dt = -d_in/tau_in : siemens/second`
	}
	return text + `
		dg_ex/dt = -g_ex/tau_ex : siemens
		dg_in/dt = -g_in/tau_in : siemens`
}

func (s *aeifStepper) derive(y, dydt []float64) {
	v := min(s.upswing.voltage(y), s.VPeak)
	current := s.current - float64(s.GL*(v-s.EL)) - float64(y[2]*(v-s.EEx)) - float64(y[3]*(v-s.EIn)) - y[1]
	switch {
	case s.upswing.rising:
		dydt[0] = (s.GL - float64(y[0]*current)/s.DeltaT) / s.CM
	case s.DeltaT > 0:
		current += float64(float64(s.GL*s.DeltaT) * elementary.Exp((v-s.VTh)/s.DeltaT))
		fallthrough
	default:
		dydt[0] = current / s.CM
	}
	dydt[1] = (float64(s.A*(v-s.EL)) - y[1]) / s.TauW
	s.synapses.derive(y[2:], dydt[2:])
}

func (s *aeifStepper) Step(b *Block) {
	vars := len(s.y)
	for k, row := range b.State {
		s.began[k] = append(s.began[k][:0], row...)
	}
	s.flow.step(b, b.State[:vars], b.State[vars+1])
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	left := b.State[vars]
	for i, v := range b.State[0] {
		s.at(b.First + i)
		if left[i] > 0 || !(v < s.leave) {
			s.single(b, i)
		}
		s.synapses.openAt(b.State[2:], i, toEx[i], toIn[i])
	}
}

// single steps neuron i from where it began.
func (s *aeifStepper) single(b *Block, i int) {
	y, vars := s.y, len(s.y)
	left, substep := b.State[vars], b.State[vars+1]
	gather(y, s.began, i)
	substep[i] = s.began[vars+1][i]
	s.current = b.Input[i] + s.IE
	if left[i] > 0 {
		s.hold(s.clock.dt)
		left[i] = s.clock.tick(left[i])
	} else {
		s.solver.scale, s.upswing.width, s.upswing.peak = s.scale, s.DeltaT, s.peak
		s.solver.begin(y, substep[i])
		if s.advance(b, i) {
			left[i] = s.clock.period
		}
		substep[i] = s.solver.size
	}
	scatter(y, b.State, i)
}

// advance carries neuron i through a step, with the spikes in it, and reports
// whether it ends refractory.
func (s *aeifStepper) advance(b *Block, i int) (held bool) {
	y, span := s.y, s.clock.dt
	for {
		if y[0] >= s.upswing.limit() {
			b.Fire(i, s.clock.dt)
			s.upswing.settle(y, s.VReset)
			y[1] += s.B
			if s.clock.period > 0 {
				s.hold(span)
				return true
			}
			s.solver.restart(y)
		}
		if !(span > 0) || s.solver.budget <= 0 {
			s.upswing.settle(y, s.upswing.voltage(y))
			return false
		}
		if s.DeltaT > 0 && !s.upswing.rising && y[0] >= s.VTh {
			s.upswing.rise(y, s.VTh)
		}
		h := s.solver.substep(y, span)
		if limit := s.upswing.limit(); s.solver.next[0] >= limit {
			h = s.solver.crossing(y, h, limit)
			s.solver.next[0] = limit
		}
		s.solver.accept(y)
		span -= h
	}
}

// hold carries w and the conductances over a span while V stays where it is.
func (s *aeifStepper) hold(span float64) {
	y := s.y
	rest := float64(s.A * (y[0] - s.EL))
	y[1] += float64((y[1] - rest) * elementary.Expm1(-span/s.TauW))
	s.synapses.decay(y[2:], span)
}
