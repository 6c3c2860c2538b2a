package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestLIFRatesEqualTheirLoop(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(13, 13))
		for _, n := range lengths() {
			for _, tauRef := range []float64{0.002, 0} {
				currents := numbers(random, n)
				for i := range currents {
					if i%3 == 0 {
						currents[i] = 1 + math.Abs(currents[i])
					}
				}
				got, want := numbers(random, n), make([]float64, n)
				for i, j := range currents {
					want[i] = lifRate(j, 0.7, 0.02, tauRef)
				}
				LIFRates(level, got, currents, 0.7, 0.02, tauRef)
				compare(t, fmt.Sprint("length ", n), got, want)
			}
		}
	})
}
