package plot

import (
	"io"
	"math"
	"testing"
)

// How long do the figures of a short run take: two curves of 1000 samples, and
// 53 spikes above a voltage?
func BenchmarkTwoFigures(b *testing.B) {
	short := memory{
		values: map[string]Values{
			"decoded": wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return 0.9 * math.Cos(8*t) }),
			"input":   wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return math.Cos(8 * t) }),
			"voltage": wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return math.Mod(53*t, 1) }),
		},
		spikes: map[string]Spikes{"spikes": train(1, 53, 1)},
	}
	figures := []Figure{
		{Name: "decoded", Panels: []Panel{{Kind: Lines, Probes: []string{"decoded", "input"}}}},
		{Name: "activity", Panels: []Panel{{Kind: Raster, Probes: []string{"spikes"}}, {Kind: Lines, Probes: []string{"voltage"}}}},
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				for _, f := range figures {
					if err := Draw(io.Discard, format, f, short); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// What does a raster of a million spikes cost?
func BenchmarkMillionSpikes(b *testing.B) {
	const neurons, n = 10_000, 1_000_000
	s := Spikes{Neurons: neurons, Duration: 10}
	for i := range n {
		s.Times = append(s.Times, float64(i)/n*10)
		s.IDs = append(s.IDs, int64(i*7919%neurons))
	}
	m := memory{spikes: map[string]Spikes{"spikes": s}}
	f := Figure{Name: "raster", Panels: []Panel{{Kind: Raster, Probes: []string{"spikes"}}}}
	for b.Loop() {
		if err := Draw(io.Discard, "png", f, m); err != nil {
			b.Fatal(err)
		}
	}
}

// What does a panel of 1000 curves of 10 000 samples cost, all steep?
func BenchmarkThousandCurves(b *testing.B) {
	m := memory{values: map[string]Values{
		"v": wave(10_000, 1000, 1e-4, func(t float64, k int) float64 { return math.Mod(t*float64(150+k%37)+0.6*float64(k), 1) }),
	}}
	f := Figure{Name: "curves", Panels: []Panel{{Kind: Lines, Probes: []string{"v"}}}}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				if err := Draw(io.Discard, format, f, m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
