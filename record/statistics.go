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
// nothing can be said. Some read the spikes more than once.
func (s Spikes) statistics(time, dt float64) (*Statistics, error) {
	var failure error
	all := stats.Spikes{Neurons: s.Neurons, Duration: time}
	all.Pieces = func(yield func([]float64, []int64) bool) {
		for piece, err := range s.pieces() {
			times := piece.Times
			if s.Exact != nil {
				times = piece.Exact
			}
			if err != nil {
				failure = err
				return
			}
			if !yield(times, piece.IDs) {
				return
			}
		}
	}
	if all.Check() != nil {
		return nil, failure
	}
	found := analyse(all, dt)
	if found == (Statistics{}) || failure != nil {
		return nil, failure
	}
	return &found, nil
}

// analyse finds what can be said of spikes recorded in steps of dt.
func analyse(all stats.Spikes, dt float64) Statistics {
	found := Statistics{CV: meaningful(stats.Mean(all.CVs())), LV: meaningful(stats.Mean(all.LVs()))}
	if bin := max(stats.SynchronyBin, dt); all.Neurons > 1 && all.Duration >= fewestBins*bin {
		if synchrony, err := all.Synchrony(bin); err == nil {
			found.Synchrony = meaningful(synchrony)
		}
		if pairs, err := all.Correlations(max(stats.CorrelationBin, dt), stats.CorrelationCount, 0); err == nil {
			found.Correlation = meaningful(stats.Mean(pairs))
		}
	}
	return found
}

func meaningful(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
