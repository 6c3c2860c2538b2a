package engine

import (
	"slices"
	"testing"
)

// Blocks hold whole samples, grow until they are large enough, never move, and are
// used again.
func TestBlocks(t *testing.T) {
	for _, sample := range []int{1, 3, 100, blockSize + 1} {
		var b blocks
		fill := func(n int) (whole []float64) {
			for i := range n * sample {
				if i%sample == 0 {
					b.room(sample)
				}
				b.open.Values = append(b.open.Values, float64(i))
			}
			for _, block := range b.all() {
				if len(block.Values)%sample != 0 || len(block.Values) > max(blockSize, sample) {
					t.Errorf("samples of %d: a block of %d values", sample, len(block.Values))
				}
				whole = append(whole, block.Values...)
			}
			return whole
		}
		n := 3*blockSize/sample + 5
		first := fill(n)
		if b.len() != n*sample || len(first) != n*sample {
			t.Fatalf("samples of %d: %d values kept, %d given, want %d", sample, b.len(), len(first), n*sample)
		}
		count := len(b.all())
		b.empty()
		if b.len() != 0 || len(b.free) != count {
			t.Errorf("samples of %d: %d values and %d blocks after emptying %d", sample, b.len(), len(b.free), count)
		}
		if !slices.Equal(fill(n), first) {
			t.Errorf("samples of %d: other values from blocks used again", sample)
		}
		if got := len(b.all()) + len(b.free); got != count {
			t.Errorf("samples of %d: %d blocks, then %d", sample, count, got)
		}
	}
	var b blocks
	for i := range 1000 {
		b.spikeRoom()
		b.open.Steps, b.open.IDs, b.open.At = append(b.open.Steps, int64(i)), append(b.open.IDs, 0), append(b.open.At, 0)
	}
	if n := len(b.all()); n != 5 || b.len() != 1000 { // 64 + 128 + 256 + 512 + 40
		t.Errorf("%d spikes in %d blocks", b.len(), n)
	}
}
