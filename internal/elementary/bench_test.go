package elementary

import (
	"math"
	"testing"
)

// How long does one call take, for arguments of the size that models have?
// The columns to compare with are those of package math on the same machine.
func BenchmarkFunction(b *testing.B) {
	for _, fn := range []struct {
		name   string
		ours   func(float64) float64
		theirs func(float64) float64
	}{
		{"Exp", Exp, math.Exp},
		{"Expm1", Expm1, math.Expm1},
		{"Log", Log, math.Log},
		{"Log1p", Log1p, math.Log1p},
		{"Sin", Sin, math.Sin},
		{"Cos", Cos, math.Cos},
		{"Tan", Tan, math.Tan},
		{"Tanh", Tanh, math.Tanh},
		{"Atan", Atan, math.Atan},
		{"NormalQuantile", NormalQuantile, nil},
		{"Pow", func(x float64) float64 { return Pow(x, 1.7) }, func(x float64) float64 { return math.Pow(x, 1.7) }},
	} {
		run := func(name string, f func(float64) float64) {
			b.Run(fn.name+"/"+name, func(b *testing.B) {
				sum := 0.0
				for i := range b.N {
					sum += f(float64(i&1023+1) * (1.0 / 1025))
				}
				if sum == 0.5 {
					b.Fatal("never")
				}
			})
		}
		run("soma", fn.ours)
		if fn.theirs != nil {
			run("math", fn.theirs)
		}
	}
}
