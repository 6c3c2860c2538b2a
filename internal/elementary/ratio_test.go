package elementary

import (
	"math"
	"math/big"
	"testing"
)

// Where the logarithm is at most ½ ln 2, its error is that of a sum and two
// quotients.
func TestLogRatio(t *testing.T) {
	worst := 0.0
	for _, ratio := range arguments(1e-12, 1-math.Sqrt(0.5), nil) {
		const q = 3.7
		p := float64(ratio * q)
		exact := new(big.Float).Neg(bigLog1p(new(big.Float).Neg(quo(num(p), num(q)))))
		worst = max(worst, ulps(LogRatio(p, q), exact))
	}
	t.Logf("worst error %.3f ulp", worst)
	if !(worst < 2.5) {
		t.Errorf("error %.3f ulp", worst)
	}
}

// Elsewhere it must not look like such a logarithm.
func TestLogRatioBeyondItsRange(t *testing.T) {
	for _, p := range []float64{0.3, 0.5, 0.999, 1, 1.5, 2, 2.001, 1e9, math.Inf(1), math.NaN()} {
		for _, q := range []float64{1, 0, -1} {
			if y := LogRatio(p, q); y > 0 && y <= 0.34 {
				t.Errorf("LogRatio(%v, %v) = %v", p, q, y)
			}
		}
	}
}
