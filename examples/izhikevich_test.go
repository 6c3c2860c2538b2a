package examples_test

import (
	"testing"

	"soma/stats"
)

// pooled gives the spikes of all probes as of one population.
func (r result) pooled(from float64) stats.Spikes {
	all := stats.Spikes{Duration: r.time - from}
	for _, p := range r.Network.Probes {
		s := r.after(p.Name, from)
		for i, at := range s.Times {
			all.Times = append(all.Times, at)
			all.IDs = append(all.IDs, s.IDs[i]+int64(all.Neurons))
		}
		all.Neurons += s.Neurons
	}
	return all
}

// Volleys come about ten times a second, and are made of faster ones.
func TestIzhikevichRhythms(t *testing.T) {
	s := runFor(t, "izhikevich_1000.star", nil, 0, 4).pooled(0.2)
	within(t, "rate", s.MeanRate(), [2]float64{5, 12})
	frequencies, power, err := s.Spectrum(1e-3, 1024)
	if err != nil {
		t.Fatal(err)
	}
	strongest := func(low, high float64) (at, most float64) {
		for i, f := range frequencies {
			if f >= low && f <= high && power[i] > most {
				at, most = f, power[i]
			}
		}
		return at, most
	}
	alpha, slow := strongest(4, 100)
	gamma, fast := strongest(25, 100)
	_, between := strongest(16, 22)
	within(t, "slow rhythm", alpha, [2]float64{6, 13})
	within(t, "fast rhythm", gamma, [2]float64{28, 60})
	if fast < 2*between {
		t.Errorf("power %.3g at %.3g Hz, %.3g between the rhythms", fast, gamma, between)
	}
	if independent := 2 * s.MeanRate() / float64(s.Neurons); slow < 10*independent {
		t.Errorf("power %.3g at %.3g Hz, that of independent neurons is %.3g", slow, alpha, independent)
	}
}
