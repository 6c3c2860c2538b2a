package stats

import "testing"

// What do the statistics of a second of a large network cost: 77 000 neurons,
// 3 million spikes?
func BenchmarkLargeNetwork(b *testing.B) {
	s := poisson(source(1), 77_000, 40, 1)
	for name, f := range map[string]func(){
		"CVs":          func() { s.CVs() },
		"Synchrony":    func() { must(s.Synchrony(SynchronyBin)) },
		"Correlations": func() { must(s.Correlations(CorrelationBin, CorrelationCount, 1)) },
		"Spectrum":     func() { _, _, _ = s.Spectrum(SpectrumBin, 0) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}
