package connect

import (
	"slices"
	"testing"

	"soma/internal/rng"
)

// Random123 1.14, kat_vectors, philox4x32 with 10 rounds.
func TestWordsKnownAnswer(t *testing.T) {
	got := make([]uint32, 4)
	fillPortable(got, 0x299f31d0_a4093822, 0x85a308d3_243f6a88, 0x03707344_13198a2e)
	if want := []uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}; !slices.Equal(got, want) {
		t.Errorf("words %x, want %x", got, want)
	}
}

func TestWordsAssembly(t *testing.T) {
	for _, n := range []int{0, 64, 128, 640} {
		for _, x := range []struct{ key, element, block uint64 }{
			{}, {1, 2, 3}, {^uint64(0), ^uint64(0), 1<<32 - 3}, {0x299f31d0_a4093822, 0x85a308d3_243f6a88, 0x03707344_13198a2e},
		} {
			got, want := make([]uint32, n), make([]uint32, n)
			fillWords(got, x.key, x.element, x.block)
			fillPortable(want, x.key, x.element, x.block)
			if !slices.Equal(got, want) {
				t.Errorf("%d words at %x differ from portable", n, x)
			}
		}
	}
}

// Any number of words is the beginning of more of them, read one by one or at
// once.
func TestWordsAreASequence(t *testing.T) {
	stream := rng.New(1, "words", "test")
	d := newDraws(stream, 5)
	all := make([]uint32, 300)
	for i := range all {
		all[i] = d.next()
	}
	for _, n := range []int{0, 1, 63, 64, 65, 127, 300} {
		some := make([]uint32, n)
		Words(stream, 5, some)
		if !slices.Equal(some, all[:n]) {
			t.Errorf("%d words are not the beginning of 300", n)
		}
	}
}

// What does a random word cost?
func BenchmarkWords(b *testing.B) {
	stream, dst := rng.New(1, "words", "bench"), make([]uint32, 1024)
	for i := range b.N {
		Words(stream, i, dst)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1024, "ns/word")
}
