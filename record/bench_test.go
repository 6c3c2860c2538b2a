package record

import (
	"io"
	"testing"
)

// How fast are recordings written, next to a disk of about 1 GB/s?
func BenchmarkWrite(b *testing.B) {
	const n = 1 << 20
	r := &Result{
		Values: []Values{{Name: "v", T: make([]float64, n), Rows: make([]float64, n), Width: 1}},
		Spikes: []Spikes{{Name: "s", Times: make([]float64, n), IDs: make([]int64, n), Steps: make([]int64, n), Neurons: 1}},
	}
	for i := range n {
		r.Values[0].T[i], r.Values[0].Rows[i] = float64(i)*1e-3, 1/float64(i+1)
		r.Spikes[0].IDs[i], r.Spikes[0].Steps[i], r.Spikes[0].Times[i] = int64(i%1000), int64(i), float64(i)*1e-3
	}
	b.Run("npz", func(b *testing.B) {
		b.SetBytes(4 * 8 * n)
		for b.Loop() {
			if err := r.writeNPZ(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("csv", func(b *testing.B) {
		b.SetBytes(4 * 8 * n)
		for b.Loop() {
			if err := r.Values[0].writeCSV(io.Discard); err != nil {
				b.Fatal(err)
			}
			if err := r.Spikes[0].writeCSV(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("sha256", func(b *testing.B) {
		b.SetBytes(2 * 8 * n)
		for b.Loop() {
			SpikesSHA256(r.Spikes[0].Steps, r.Spikes[0].IDs)
		}
	})
}
