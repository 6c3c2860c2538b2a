package elementary

import (
	"math"
	"math/big"
	"testing"
)

// Within the series the error is below one unit in the last place, beyond it
// that of a quotient more.
func TestExprel(t *testing.T) {
	exact := func(x float64) *big.Float { return quo(bigExpm1(num(x)), num(x)) }
	for _, x := range arguments(-70, 700, []float64{exprelMax, -exprelMax}) {
		limit := 1.0
		if math.Abs(x) > exprelMax {
			limit = 1.6
		}
		if err := ulps(Exprel(x), exact(x)); !(err < limit) {
			t.Errorf("Exprel(%v) is %g units off", x, err)
		}
	}
	if Exprel(0) != 1 || Exprel(math.Inf(-1)) != 0 || !math.IsNaN(Exprel(math.NaN())) {
		t.Errorf("special values: %v, %v, %v", Exprel(0), Exprel(math.Inf(-1)), Exprel(math.NaN()))
	}
}
