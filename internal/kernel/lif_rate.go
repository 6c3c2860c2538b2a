package kernel

import "soma/internal/elementary"

// LIFRates sets rates[i] to the steady rate of a leaky integrate-and-fire neuron
// with the normalised current currents[i], times an amplitude. Both slices are
// as long as each other, and may be the same:
//
//	if j > 1 {
//		rate = amplitude / (tauRef + tauRC*log1p(1/(j-1)))
//	} else {
//		rate = 0
//	}
//
// where the quotient is the product of the amplitude and a reciprocal.
func LIFRates(level Level, rates, currents []float64, amplitude, tauRC, tauRef float64) {
	currents = currents[:len(rates)]
	done := 0
	if level.usable() > Portable {
		done = lifRatesVector(level.usable(), rates, currents, amplitude, tauRC, tauRef)
	}
	for i := done; i < len(rates); i++ {
		rates[i] = lifRate(currents[i], amplitude, tauRC, tauRef)
	}
}

func lifRate(j, amplitude, tauRC, tauRef float64) float64 {
	if !(j > 1) {
		return 0
	}
	return float64(amplitude * (1 / (tauRef + float64(tauRC*elementary.Log1p(1/(j-1))))))
}
