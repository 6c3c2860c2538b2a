package sim_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/sim"
	"soma/validation"
)

const mV = 1e-3

// observed is a model with one more state variable: what has arrived in a step.
type observed struct{ neuron.Model }

func (m observed) Spec() neuron.Spec {
	spec := m.Model.Spec()
	spec.States = append(slices.Clip(spec.States), neuron.State{Name: "arrived", Init: dist.Constant{}})
	return spec
}

func (m observed) NewStepper(env neuron.Env) (neuron.Stepper, error) {
	s, err := m.Model.NewStepper(env)
	return observer{s}, err
}

type observer struct{ neuron.Stepper }

func (o observer) Step(b *neuron.Block) {
	copy(b.State[len(b.State)-1], b.Arrived[0])
	o.Stepper.Step(b)
}

// clopathCase is a pair of neurons of the reference file.
type clopathCase struct {
	Name, Model string
	Neuron      map[string]any
	Given       map[string]float64
	Start       float64   `json:"weight_start"`
	Delay       float64   `json:"delay_ms"`
	Pre         []float64 `json:"pre_spikes_ms"`
	Drive       []float64 `json:"drive_ms"`
	Strength    float64   `json:"drive_weight"`
	Post        []float64 `json:"post_spikes_ms"`
	Arrivals    []arrival `json:"weight_at_arrival"`
}

// get is a parameter that NEST's neuron was given; 0: none.
func (c *clopathCase) get(name string) float64 {
	x, _ := c.Neuron[name].(float64)
	return x
}

// models gives the neuron, the rule, and the unit of weights.
func (c *clopathCase) models() (neuron.Model, learn.Clopath, float64) {
	unit := mV
	var model neuron.Model = neuron.AeifPscDeltaClopath{TClamp: c.get("t_clamp") * ms, TRef: c.get("t_ref") * ms, TauUBarBar: c.get("tau_u_bar_bar") * ms}
	if c.Model == "hh_psc_alpha_clopath" {
		unit, model = pA, neuron.HHPscAlpha{}
	}
	rule := learn.Clopath{
		Wmin: c.Given["Wmin"] * unit, Wmax: c.Given["Wmax"] * unit, TauX: c.Given["tau_x"] * ms,
		ALTD: c.get("A_LTD") * unit / mV, ALTP: c.get("A_LTP") * unit / (mV * mV),
		ThetaMinus: c.get("theta_minus") * mV, ThetaPlus: c.get("theta_plus") * mV,
		URefSquared: c.get("u_ref_squared") * mV * mV,
	}
	if c.Model == "hh_psc_alpha_clopath" {
		rule.TauUBarPlus, rule.TauUBarMinus = c.get("tau_u_bar_plus")*ms, c.get("tau_u_bar_minus")*ms
	}
	return model, rule, unit
}

// run gives the weight with which each spike of the source arrives, in NEST's
// unit, and the steps in which the target fires.
func (c *clopathCase) run(t *testing.T) (weights []float64, fired []int64) {
	t.Helper()
	const dt = 0.1 * ms
	model, rule, unit := c.models()
	net := soma.New("clopath", 1)
	pre := net.Population("pre", 1, newGauge(c.Pre, dt))
	var sent []float64 // a step before it arrives
	for _, at := range c.Drive {
		sent = append(sent, at-0.1)
	}
	drive := net.Population("drive", 1, newGauge(sent, dt))
	post := net.Population("post", 1, observed{model})
	forced := net.Connect(drive, post)
	forced.Rule, forced.Weight, forced.Delay = connect.OneToOne{}, connect.Constant(c.Strength*unit), connect.Constant(dt)
	learns := net.Connect(pre, post)
	learns.Rule, learns.Weight, learns.Delay = connect.OneToOne{}, connect.Constant(c.Start*unit), connect.Constant(c.Delay*ms)
	learns.Learning = []learn.Rule{rule}
	arrived, spikes := net.Probe("arrived", post, "arrived"), net.Probe("spikes", post)
	s, err := sim.New(net, sim.Options{Dt: dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), (slices.Max(c.Pre)+c.Delay+1)*ms); err != nil {
		t.Fatal(err)
	}
	for _, at := range c.Pre {
		step := int(math.Round((at + c.Delay) / 0.1))
		weights = append(weights, s.Data(arrived).Values[step-1]/unit)
	}
	for _, at := range s.Data(spikes).Times {
		fired = append(fired, int64(math.Round(at/dt)))
	}
	return weights, fired
}

// Voltage decides as it does in NEST: to what NEST's solver leaves where the
// neuron filters its voltage, and to what straight lines between steps leave where
// the rule does.
func TestClopathAgainstNest(t *testing.T) {
	var cases []clopathCase
	validation.JSON(t, "nest/clopath.json", &cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			got, fired := c.run(t)
			for i, at := range c.Post {
				if step := int64(math.Round(at * 10)); i >= len(fired) || fired[i] != step {
					t.Fatalf("fires in steps %v, NEST at %v ms", fired, c.Post)
				}
			}
			most := 0.0
			for _, w := range c.Arrivals {
				most = max(most, math.Abs(w.W-c.Start))
			}
			worst := 0.0
			for i, w := range c.Arrivals {
				worst = max(worst, math.Abs(got[i]-w.W)/most)
			}
			allowed := 1e-7
			if c.Model == "hh_psc_alpha_clopath" {
				allowed = 1e-3
			}
			if !(worst <= allowed) {
				t.Errorf("weights differ by %.2g of the largest change", worst)
			}
			t.Logf("weights agree to %.2g of the largest change", worst)
		})
	}
}

// A rule that looks at voltages needs some, and filters only those that the neuron does not.
func TestClopathNeedsVoltages(t *testing.T) {
	for _, c := range []struct {
		model neuron.Model
		rule  learn.Clopath
		field string // "": all is well
	}{
		{neuron.HHPscAlpha{}, learn.Clopath{TauUBarPlus: 5 * ms}, ""},
		{neuron.AeifPscDeltaClopath{}, learn.Clopath{}, ""},
		{neuron.AeifPscDeltaClopath{}, learn.Clopath{TauUBarMinus: 5 * ms}, "learning.tau_u_bar_minus"},
		{newGauge(nil, 1), learn.Clopath{}, "learning"},
		{neuron.HHPscAlpha{}, learn.Clopath{Wmin: 2 * pA, Wmax: 1 * pA}, "learning.clopath"},
		{neuron.HHPscAlpha{}, learn.Clopath{Delay: "somewhere"}, "learning.delay"},
	} {
		net := soma.New("voltages", 1)
		conn := net.Connect(net.Population("pre", 1, neuron.SpikeGenerator{}), net.Population("post", 1, c.model))
		conn.Rule, conn.Weight, conn.Learning = connect.AllToAll{}, connect.Constant(1*pA), []learn.Rule{c.rule}
		_, err := sim.New(net, sim.Options{Dt: 0.1 * ms})
		if (err != nil) != (c.field != "") || err != nil && !strings.Contains(err.Error(), "pre->post."+c.field+": ") {
			t.Errorf("%T, %+v: %v, want a problem with %q", c.model, c.rule, err, c.field)
		}
	}
}
