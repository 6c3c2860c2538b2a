package sim_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/sim"
	"soma/validation"
)

// A gauge fires when it is told, and its state is what arrives in each step.
type gauge struct{ steps []int64 }

func newGauge(timesMs []float64, dt float64) (g gauge) {
	for _, t := range timesMs {
		g.steps = append(g.steps, int64(math.Round(t*ms/dt)))
	}
	return g
}

func (g gauge) Spec() neuron.Spec {
	return neuron.Spec{
		Name: "gauge", Spiking: true, Amplitude: 1, Receptors: []neuron.Receptor{{Name: "ex", Unit: "A"}},
		States: []neuron.State{{Name: "arrived", Unit: "A", Init: dist.Constant{}}},
	}
}

func (g gauge) NewStepper(neuron.Env) (neuron.Stepper, error) { return g, nil }

func (g gauge) Step(b *neuron.Block) {
	for i := range b.Input {
		b.State[0][i] = b.Arrived[0][i]
		for _, step := range g.steps {
			if step == b.Step {
				b.Fire(i, 0)
			}
		}
	}
}

// A pairing is a pair of neurons with given spikes, as in the reference files.
type pairing struct {
	Name      string
	Synapse   string
	Delay     float64 `json:"delay_ms"`
	TauMinus  float64 `json:"tau_minus_ms"`
	Given     map[string]float64
	Extra     map[string]float64 `json:"post_node_extra"`
	Start     float64            `json:"weight_start"`
	Weight    float64            // of a synapse that keeps it
	Pre       []float64          `json:"pre_spikes_ms"`
	Post      []float64          `json:"post_spikes_ms"`
	Dopamine  []float64          `json:"dopamine_spikes_ms"`
	Arrivals  []arrival          `json:"weight_at_arrival"`
	Effective []arrival          `json:"effective_weight"`

	freeze bool
}

type arrival struct {
	T float64 `json:"t_ms"`
	W float64
}

// sent runs a pair of neurons and gives the weight of every spike, pA.
func (p *pairing) sent(t *testing.T, start float64, rules ...learn.Rule) (list []float64) {
	t.Helper()
	const dt = 0.1 * ms
	net := soma.New("pair", 1)
	pre, post := net.Population("pre", 1, newGauge(p.Pre, dt)), net.Population("post", 1, newGauge(p.Post, dt))
	c := net.Connect(pre, post)
	c.Rule, c.Weight, c.Delay = connect.OneToOne{}, connect.Constant(start*pA), connect.Constant(p.Delay*ms)
	c.Learning = rules
	if len(p.Dopamine) > 0 {
		gate := net.Connect(net.Population("dopamine", 1, newGauge(p.Dopamine, dt)), c.LearningInput(0))
		gate.Delay = connect.Constant(p.Delay * ms)
	}
	probe := net.Probe("arrived", post, "arrived")
	s, err := sim.New(net, sim.Options{Dt: dt, Freeze: p.freeze})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), (slices.Max(p.Pre)+p.Delay+1)*ms); err != nil {
		t.Fatal(err)
	}
	for _, w := range s.Data(probe).Values {
		if w != 0 {
			list = append(list, w/pA)
		}
	}
	return list
}

func compareSent(t *testing.T, got []float64, want []arrival) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d spikes arrive, want %d", len(got), len(want))
	}
	for i, w := range want {
		if diff := math.Abs(got[i] - w.W); !(diff <= 1e-12*math.Max(math.Abs(w.W), 1)) {
			t.Errorf("spike %d, sent at %g ms: weight %.17g pA, NEST %.17g", i, w.T, got[i], w.W)
		}
	}
}

// Every spike arrives with the weight that it has in NEST.
func TestPlasticityAgainstNest(t *testing.T) {
	var pairs, more []pairing
	validation.JSON(t, "nest/stdp_weights.json", &pairs)
	validation.JSON(t, "nest/stdp_more.json", &more)
	for _, p := range append(pairs, more...) {
		g := p.Given
		stdp := learn.STDP{
			Wmax: g["Wmax"] * pA, TauPlus: g["tau_plus"] * ms, TauMinus: p.TauMinus * ms, Lambda: g["lambda"],
			Alpha: g["alpha"], MuPlus: zero(g["mu_plus"]), MuMinus: zero(g["mu_minus"]),
		}
		var rule learn.Rule
		switch p.Synapse {
		case "stdp_synapse":
			rule = stdp
		case "stdp_nn_symm_synapse", "stdp_nn_pre_centered_synapse", "stdp_nn_restr_synapse":
			stdp.Pairing = map[string]string{
				"nn_symm": "nearest_symmetric", "nn_pre_centered": "nearest_presynaptic", "nn_restr": "nearest_reduced",
			}[p.Name]
			rule = stdp
		case "stdp_triplet_synapse":
			rule = learn.STDPTriplet{
				Wmax: g["Wmax"] * pA, TauPlus: g["tau_plus"] * ms, TauPlusTriplet: g["tau_plus_triplet"] * ms,
				TauMinus: p.TauMinus * ms, TauMinusTriplet: p.Extra["tau_minus_triplet"] * ms,
				Aplus: g["Aplus"] * pA, Aminus: g["Aminus"] * pA,
				AplusTriplet: g["Aplus_triplet"] * pA, AminusTriplet: g["Aminus_triplet"] * pA,
			}
		case "stdp_dopamine_synapse":
			rule = learn.STDPDopamine{
				Wmin: g["Wmin"] * pA, Wmax: g["Wmax"] * pA, TauPlus: g["tau_plus"] * ms, TauMinus: p.TauMinus * ms,
				TauC: g["tau_c"] * ms, TauN: g["tau_n"] * ms, B: g["b"] / ms, Aplus: g["A_plus"] * pA, Aminus: g["A_minus"] * pA,
			}
		case "vogels_sprekeler_synapse":
			rule = learn.VogelsSprekeler{Wmax: g["Wmax"] * pA, Tau: g["tau"] * ms, Eta: g["eta"] * pA, Alpha: g["alpha"]}
		case "stdp_pl_synapse_hom":
			rule = learn.STDPPowerLaw{TauPlus: g["tau_plus"] * ms, TauMinus: p.TauMinus * ms, Lambda: g["lambda"], Alpha: g["alpha"], Mu: g["mu"]}
		}
		if rule == nil {
			continue // tested elsewhere
		}
		t.Run(fmt.Sprint(p.Synapse, " ", p.Name), func(t *testing.T) {
			compareSent(t, p.sent(t, p.Start, rule), p.Arrivals)
		})
	}
}

// zero writes an explicit 0 where 0 would mean the default.
func zero(x float64) float64 {
	if x == 0 {
		return neuron.Zero
	}
	return x
}

// tsodyksAsText is the rule as equations.
func tsodyksAsText(r learn.Tsodyks) *learn.Equations {
	text := "dx/dt = (1 - x)/tau_rec : 1 (event-driven)\n"
	jump := "u = U"
	if r.TauFac > 0 {
		text += "du/dt = -u/tau_fac : 1 (event-driven)"
		jump = "u += U*(1 - u)"
	} else {
		text += "u : 1"
	}
	e := &learn.Equations{
		Text: text, OnPre: jump + "; sent = w*u*x; x -= u*x",
		Parameters: []learn.Parameter{{Name: "U", Value: r.U}, {Name: "tau_rec", Value: r.TauRec}},
	}
	if r.TauFac > 0 {
		e.Parameters = append(e.Parameters, learn.Parameter{Name: "tau_fac", Value: r.TauFac})
	}
	return e
}

func TestShortTermPlasticityAgainstNest(t *testing.T) {
	var pairs []struct {
		pairing
		Params map[string]float64
	}
	validation.JSON(t, "nest/stp_tsodyks2.json", &pairs)
	for _, p := range pairs {
		t.Run(p.Name, func(t *testing.T) {
			rule := learn.Tsodyks{U: p.Params["U"], TauRec: p.Params["tau_rec"] * ms, TauFac: p.Params["tau_fac"] * ms}
			compareSent(t, p.sent(t, p.Weight, rule), p.Effective)
			compareSent(t, p.sent(t, p.Weight, tsodyksAsText(rule)), p.Effective)
		})
	}
}
