package neuron_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"soma/neuron"
)

// vars are the variables of an oracle: V, two conductances or currents, their
// slopes, and up to three more. Units are mV, ms, nS, pA, pF.
type vars [8]float64

// An oracle solves a nonlinear model slowly: Runge and Kutta's classical method
// with tiny steps. It shares nothing with the models but the equations.
type oracle struct {
	p      map[string]float64
	alpha  bool                                // synapses
	charge float64                             // sign of what inhibitory weights add
	slope  func(o *oracle, y vars) vars        // but for the synapses
	peak   float64                             // where a spike within the step is cut off
	fires  func(o *oracle, v0, v float64) bool // at the end of a step

	y    vars
	held int // steps left to be refractory
}

// newOracle gives the oracle of a case.
func newOracle(c nestCase) *oracle {
	o := &oracle{p: map[string]float64{}, charge: -1, peak: math.Inf(1)}
	for name, x := range c.Params {
		if x, ok := x.(float64); ok {
			o.p[name] = x
		}
	}
	o.y[0], o.y[5] = o.p["V_m"], o.p["w"]
	o.alpha = c.Model == "iaf_cond_alpha" || c.Model == "aeif_cond_alpha" || c.Model == "hh_psc_alpha"
	switch c.Model {
	case "iaf_cond_exp", "iaf_cond_alpha":
		o.slope = iafCondSlope
		o.fires = func(o *oracle, _, v float64) bool { return v >= o.p["V_th"] }
	case "aeif_cond_exp", "aeif_cond_alpha":
		o.slope, o.peak = aeifSlope, o.p["V_peak"]
		if o.p["Delta_T"] == 0 {
			o.peak = o.p["V_th"]
		}
	case "hh_psc_alpha":
		o.slope, o.charge = hhSlope, 1
		o.fires = func(_ *oracle, v0, v float64) bool { return v >= 0 && v < v0 }
		o.y[5], o.y[6], o.y[7] = o.p["Act_m"], o.p["Inact_h"], o.p["Act_n"]
	}
	return o
}

func iafCondSlope(o *oracle, y vars) (d vars) {
	v := min(y[0], o.p["V_th"])
	d[0] = (o.p["I_e"] - o.p["g_L"]*(v-o.p["E_L"]) - y[1]*(v-o.p["E_ex"]) - y[2]*(v-o.p["E_in"])) / o.p["C_m"]
	return d
}

func aeifSlope(o *oracle, y vars) (d vars) {
	v := min(y[0], o.p["V_peak"])
	upswing := 0.0
	if o.p["Delta_T"] > 0 {
		upswing = o.p["g_L"] * o.p["Delta_T"] * math.Exp((v-o.p["V_th"])/o.p["Delta_T"])
	}
	d[0] = (o.p["I_e"] - o.p["g_L"]*(v-o.p["E_L"]) + upswing - y[1]*(v-o.p["E_ex"]) - y[2]*(v-o.p["E_in"]) - y[5]) / o.p["C_m"]
	d[5] = (o.p["a"]*(v-o.p["E_L"]) - y[5]) / o.p["tau_w"]
	return d
}

func hhSlope(o *oracle, y vars) (d vars) {
	v, m, h, n := y[0], y[5], y[6], y[7]
	d[0] = (o.p["I_e"] + y[1] + y[2] - o.p["g_Na"]*m*m*m*h*(v-o.p["E_Na"]) -
		o.p["g_K"]*n*n*n*n*(v-o.p["E_K"]) - o.p["g_L"]*(v-o.p["E_L"])) / o.p["C_m"]
	d[5] = 0.1*(v+40)/(1-math.Exp(-(v+40)/10))*(1-m) - 4*math.Exp(-(v+65)/18)*m
	d[6] = 0.07*math.Exp(-(v+65)/20)*(1-h) - h/(1+math.Exp(-(v+35)/10))
	d[7] = 0.01*(v+55)/(1-math.Exp(-(v+55)/10))*(1-n) - 0.125*math.Exp(-(v+65)/80)*n
	return d
}

// derivative adds the synapses, and holds V while it is refractory.
func (o *oracle) derivative(y vars) vars {
	d := o.slope(o, y)
	if o.held > 0 && !o.hodgkinHuxley() {
		d[0] = 0
	}
	for k, tau := range []float64{o.p["tau_syn_ex"], o.p["tau_syn_in"]} {
		d[1+k] = y[3+k] - y[1+k]/tau
		d[3+k] = -y[3+k] / tau
	}
	return d
}

func (o *oracle) hodgkinHuxley() bool { return o.charge > 0 }

func (y vars) plus(h float64, d vars) vars {
	for i := range y {
		y[i] += h * d[i]
	}
	return y
}

func (o *oracle) rk4(h float64) (y vars) {
	k1 := o.derivative(o.y)
	k2 := o.derivative(o.y.plus(h/2, k1))
	k3 := o.derivative(o.y.plus(h/2, k2))
	k4 := o.derivative(o.y.plus(h, k3))
	return o.y.plus(h/6, k1).plus(h/3, k2).plus(h/3, k3).plus(h/6, k4)
}

// step advances by dt in substeps of at most dt/n, in which V moves by at most
// 1/n mV, and reports whether the neuron fires.
func (o *oracle) step(dt float64, n int, ex, in float64) (fires bool) {
	v0, wasHeld := o.y[0], o.held > 0
	for left := dt; left > 0; {
		h := min(left, dt/float64(n), 1/float64(n)/math.Abs(o.derivative(o.y)[0]))
		next := o.rk4(h)
		crosses := next[0] >= o.peak
		if crosses {
			for low, high := 0.0, h; high-low > 1e-16; {
				h = (low + high) / 2
				if next = o.rk4(h); next[0] >= o.peak {
					high = h
				} else {
					low = h
				}
			}
		}
		o.y = next
		left -= h
		if crosses {
			fires = true
			o.y[0] = o.p["V_reset"]
			o.y[5] += o.p["b"]
			if steps := int(math.Round(o.p["t_ref"] / dt)); steps > 0 {
				o.held = steps + 1 // the rest of this step does not count
			}
		}
	}
	if o.held > 0 {
		o.held--
	}
	o.arrive(ex, in)
	if o.fires != nil && !wasHeld && o.fires(o, v0, o.y[0]) {
		fires = true
		o.held = int(math.Round(o.p["t_ref"] / dt))
		if !o.hodgkinHuxley() {
			o.y[0] = o.p["V_reset"]
		}
	}
	return fires
}

func (o *oracle) arrive(ex, in float64) {
	if in *= o.charge; o.alpha {
		o.y[3] += ex * math.E / o.p["tau_syn_ex"]
		o.y[4] += in * math.E / o.p["tau_syn_in"]
		return
	}
	o.y[1] += ex
	o.y[2] += in
}

// oracleRun gives V after each step and the steps with spikes.
func oracleRun(c nestCase, arrived [][]float64, n int) (voltage []float64, fired []int) {
	o := newOracle(c)
	unit := 1e9
	if o.hodgkinHuxley() {
		unit = 1e12
	}
	for step := 1; step <= c.steps(); step++ {
		if o.step(c.Dt, n, arrived[0][step]*unit, arrived[1][step]*unit) {
			fired = append(fired, step)
		}
		voltage = append(voltage, o.y[0])
	}
	return voltage, fired
}

// The nonlinear models hold 1e-8 mV over hundreds of milliseconds and through
// their spikes.
func TestNonlinearModelsAgainstOracle(t *testing.T) {
	for _, c := range []struct {
		model  neuron.Model
		change map[string]any
	}{
		{neuron.IafCondExp{}, nil},
		{neuron.IafCondAlpha{}, nil},
		{neuron.AeifCondExp{}, nil},
		{neuron.AeifCondAlpha{}, nil},
		{neuron.HHPscAlpha{}, nil},
		{neuron.AeifCondExp{}, map[string]any{"t_ref": 1.5, "V_peak": -10.0}},
		{neuron.AeifCondExp{}, map[string]any{"Delta_T": 0.0, "b": 20.0}},
		{neuron.AeifCondAlpha{}, map[string]any{"Delta_T": 0.5, "t_ref": 0.3, "tau_w": 20.0}},
		{neuron.IafCondExp{}, map[string]any{"t_ref": 0.0, "tau_syn_ex": 1.0, "tau_syn_in": 1.0}},
	} {
		for _, nest := range nestCases(t, c.model) {
			maps.Copy(nest.Params, c.change)
			t.Run(fmt.Sprintf("%s %s %v", nest.Model, nest.Case, c.change), func(t *testing.T) {
				r := nest.run(t, c.model)
				arrived := nest.arrivals(c.model)
				want, fired := oracleRun(nest, arrived, 64)
				coarse, _ := oracleRun(nest, arrived, 32)
				for i := range want { // Richardson's extrapolation
					want[i] += (want[i] - coarse[i]) / 15
				}
				if !slices.Equal(r.fired, fired) || len(fired) == 0 {
					t.Errorf("fires in steps %v, want %v", r.fired, fired)
				}
				worst, step := furthest(r.voltage, want)
				if worst > 1e-8 {
					t.Errorf("V_m differs by %.2g mV in step %d", worst, step)
				}
				moved, _ := furthest(want, coarse)
				t.Logf("%d spikes; V_m agrees to %.2g mV; the oracle's extrapolation moved %.2g mV", len(fired), worst, moved)
			})
		}
	}
}
