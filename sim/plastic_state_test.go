package sim_test

import (
	"context"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/sim"
)

// Synapses go on from the weights that others have learned, and stay at them when
// learning is frozen; a list that does not fit is refused.
func TestLearnedSynapsesAreLoadedAndFrozen(t *testing.T) {
	net := soma.New("state", 4)
	p := net.Population("p", 30, neuron.IafPscExp{IE: 400 * pA})
	p.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -0.07, High: -0.056}}
	c := net.Connect(p, p)
	c.Rule, c.Weight, c.Learning = connect.Bernoulli{P: 0.2}, connect.Uniform{Low: 1 * pA, High: 30 * pA}, []learn.Rule{learn.STDP{Lambda: 0.1}}
	run := func(opts sim.Options) (*sim.Simulator, []float64) {
		t.Helper()
		opts.Dt = 0.1 * ms
		s, err := sim.New(net, opts)
		if err != nil {
			t.Fatal(err)
		}
		before := weightsOf(s, c)
		if err := s.Run(context.Background(), 0.2); err != nil {
			t.Fatal(err)
		}
		return s, before
	}
	first, initial := run(sim.Options{})
	learned := first.Learned()
	want := learned[0].Array("weights").Data
	if slices.Equal(initial, want) || !slices.Equal(weightsOf(first, c), want) {
		t.Fatal("the weights that are saved are not those that were learned")
	}
	second, loaded := run(sim.Options{Learned: learned})
	if !slices.Equal(loaded, want) || slices.Equal(weightsOf(second, c), want) {
		t.Error("learning does not go on from what was loaded")
	}
	frozen, _ := run(sim.Options{Learned: learned, Freeze: true})
	if !slices.Equal(weightsOf(frozen, c), want) {
		t.Error("frozen weights change")
	}
	learned[0].Array("weights").Data = want[1:]
	if _, err := sim.New(net, sim.Options{Dt: 0.1 * ms, Learned: learned}); err == nil {
		t.Error("a list of weights that does not fit is taken")
	}
}

// What a rule says of the spikes that are sent goes on when weights are frozen.
func TestFrozenSynapsesStillDepress(t *testing.T) {
	p := pairing{Pre: []float64{10, 20, 30, 40}, Post: []float64{15}, Delay: 1}
	p.freeze = true
	depressing, learning := tsodyksAsText(learn.Tsodyks{U: 0.5, TauRec: 0.1}), tsodyksAsText(learn.Tsodyks{U: 0.5, TauRec: 0.1})
	learning.OnPost = "w += 10*pA"
	want := p.sent(t, 40, depressing)
	if got := p.sent(t, 40, learning); !slices.Equal(got, want) || got[0] < 1.5*got[3] {
		t.Errorf("frozen: %v is sent, want %v", got, want)
	}
}

func weightsOf(s *sim.Simulator, c *soma.Connection) (weights []float64) {
	for synapse := range s.SynapsesOf(c) {
		weights = append(weights, synapse.Weight)
	}
	return weights
}
