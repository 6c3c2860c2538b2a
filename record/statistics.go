package record

import (
	"math"

	"soma/stats"
)

// Statistics describe the spikes of a probe over the whole time; package stats
// defines them. What has no meaning, as the CV of neurons that hardly fire, is
// left out.
type Statistics struct {
	// CV and LV are means over the neurons with at least three spikes.
	CV *float64 `json:"cv,omitempty"`
	LV *float64 `json:"lv,omitempty"`
	// Correlation is the mean coefficient of pairs of up to 200 neurons, in bins of 2
	// ms.
	Correlation *float64 `json:"correlation,omitempty"`
	// Synchrony is the variance of the population's counts in bins of 3 ms by their
	// mean; of two neurons at least.
	Synchrony *float64 `json:"synchrony,omitempty"`
}

// fewestBins is how many bins counts must have to be worth a variance.
const fewestBins = 100

// statistics analyses spikes recorded for a time in steps of dt; nil where
// nothing can be said.
func (s Spikes) statistics(time, dt float64) *Statistics {
	all := stats.Spikes{Times: s.Times, IDs: s.IDs, Neurons: s.Neurons, Duration: time}
	if s.Exact != nil {
		all.Times = s.Exact
	}
	if all.Check() != nil {
		return nil
	}
	found := Statistics{CV: meaningful(stats.Mean(all.CVs())), LV: meaningful(stats.Mean(all.LVs()))}
	if bin := max(stats.SynchronyBin, dt); s.Neurons > 1 && time >= fewestBins*bin {
		if synchrony, err := all.Synchrony(bin); err == nil {
			found.Synchrony = meaningful(synchrony)
		}
		if pairs, err := all.Correlations(max(stats.CorrelationBin, dt), stats.CorrelationCount, 0); err == nil {
			found.Correlation = meaningful(stats.Mean(pairs))
		}
	}
	if found == (Statistics{}) {
		return nil
	}
	return &found
}

func meaningful(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
