package signal

import (
	"testing"

	"soma/dist"
	"soma/internal/rng"
)

// What does a step of a signal of 1000 values cost? The white signals have 50 and
// 500 harmonics.
func BenchmarkSignals(b *testing.B) {
	for name, s := range map[string]Sizable{
		"white":    WhiteNoise{},
		"uniform":  WhiteNoise{Dist: dist.Uniform{High: 1}},
		"filtered": FilteredNoise{},
		"signal50": WhiteSignal{Period: 10, High: 5}, "signal500": WhiteSignal{Period: 10, High: 50},
	} {
		b.Run(name, func(b *testing.B) {
			play, err := s.Sized(1000).Start(Env{Dt: 1e-3, Stream: rng.New(1, "n", "node")})
			if err != nil {
				b.Fatal(err)
			}
			out, step := make([]float64, 1000), 0
			for b.Loop() {
				step++
				play(float64(step)*1e-3, out)
			}
		})
	}
}
