package plot

import (
	"iter"
	"slices"

	"soma/stats"
)

// isi draws the distribution of the intervals between successive spikes of the
// same neuron.
func isi(p *Panel, t theme, src *source) (*chart, error) {
	ch := &chart{x: axis{label: "inter-spike interval", unit: "s"}, y: axis{label: "intervals"}}
	return ch, ch.spikeDistribution(p, t, src, "no neuron spiked twice", func(s stats.Spikes) (iter.Seq[float64], error) {
		return s.AllIntervals(), nil
	})
}

// cv draws the distribution of neurons' coefficients of variation.
func cv(p *Panel, t theme, src *source) (*chart, error) {
	ch := &chart{x: axis{label: "coefficient of variation of intervals"}, y: axis{label: "neurons"}}
	return ch, ch.spikeDistribution(p, t, src, "no neuron spiked three times", func(s stats.Spikes) (iter.Seq[float64], error) {
		return slices.Values(s.CVs()), nil
	})
}

// correlation draws the distribution of the correlation coefficients of pairs.
func correlation(p *Panel, t theme, src *source) (*chart, error) {
	bin, neurons := p.Bin, p.Neurons
	if bin == 0 {
		bin = stats.CorrelationBin
	}
	if neurons == 0 {
		neurons = stats.CorrelationCount
	}
	ch := &chart{x: axis{label: "correlation coefficient"}, y: axis{label: "pairs"}}
	return ch, ch.spikeDistribution(p, t, src, "fewer than two neurons spiked", func(s stats.Spikes) (iter.Seq[float64], error) {
		pairs, err := s.Correlations(bin, min(neurons, maxCorrelated), 0)
		return slices.Values(pairs), err
	})
}

// maxCorrelated bounds the pairs that a description can ask for.
const maxCorrelated = 2000

// spikeDistribution adds a histogram of what is computed from each spike probe;
// nothing is said where nothing comes of it.
func (ch *chart) spikeDistribution(p *Panel, t theme, src *source, nothing string, of func(stats.Spikes) (iter.Seq[float64], error)) error {
	recorded, _, err := src.allSpikes(p.Probes)
	if err != nil {
		return err
	}
	samples := make([]iter.Seq[float64], len(recorded))
	for i, s := range recorded {
		all, err := of(s.analysed())
		if err != nil {
			return probeError(p.Probes[i], err)
		}
		samples[i] = onlyFinite(all)
	}
	if err := ch.distribution(p, t, samples); err != nil {
		return err
	}
	switch {
	case !anySpikes(recorded):
		ch.message = "no spikes"
	case len(ch.layers) == 0:
		ch.message = nothing
	}
	return nil
}
