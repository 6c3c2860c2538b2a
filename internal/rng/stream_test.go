package rng

import (
	"math"
	"testing"
)

// The first numbers of one stream. If these change, every model draws other
// numbers.
func TestGolden(t *testing.T) {
	s := New(1, "net.ens", "encoders")
	if got, want := s.Uint64(0, 0), uint64(0x38380e6428cbf9c2); got != want {
		t.Errorf("Uint64(0, 0) = %#x, want %#x", got, want)
	}
	if got, want := s.Float64(7, 1<<40), 0.6379584919914886; got != want {
		t.Errorf("Float64(7, 1<<40) = %v, want %v", got, want)
	}
	source := s.Source(3)
	for i, want := range []float64{-0.7327726592005656, 0.24940672135286018, -0.6278680707019608} {
		if got := source.Normal(); got != want {
			t.Errorf("Normal %d = %v, want %v", i, got, want)
		}
	}
	if got, want := source.Exp(), 0.057226616604181775; got != want {
		t.Errorf("Exp = %v, want %v", got, want)
	}
	if got, want := source.IntN(1000), 974; got != want {
		t.Errorf("IntN(1000) = %v, want %v", got, want)
	}
}

func TestStreamsDifferInEveryPartOfTheirName(t *testing.T) {
	names := []struct {
		seed          uint64
		path, purpose string
	}{
		{0, "", ""},
		{1, "", ""},
		{1 << 32, "", ""},
		{0, "a", ""},
		{0, "", "a"},
		{0, "ab", "c"},
		{0, "a", "bc"},
		{0, "abc", ""},
		{0, "", "abc"},
		{0, "a\x00", "b"},
		{0, "a", "\x00b"},
	}
	seen := map[Stream]int{}
	for i, n := range names {
		s := New(n.seed, n.path, n.purpose)
		if j, ok := seen[s]; ok {
			t.Errorf("%v and %v have the same stream", names[j], n)
		}
		seen[s] = i
		if s != New(n.seed, n.path, n.purpose) {
			t.Errorf("%v has two streams", n)
		}
	}
}

func TestNumbersDoNotDependOnTheOrderOfDrawing(t *testing.T) {
	s := New(2, "p", "q")
	var forward [10][10]uint64
	for e := range forward {
		for d := range forward[e] {
			forward[e][d] = s.Uint64(uint64(e), uint64(d))
		}
	}
	for d := 9; d >= 0; d-- {
		for e := 9; e >= 0; e-- {
			if got := s.Uint64(uint64(e), uint64(d)); got != forward[e][d] {
				t.Fatalf("Uint64(%d, %d) = %x, then %x", e, d, forward[e][d], got)
			}
		}
	}
}

func TestSourceReadsTheBlocksOfItsElement(t *testing.T) {
	s := New(3, "p", "q")
	source := s.Source(12)
	for draw := range uint64(5) {
		b := s.Block(12, draw)
		for _, want := range []uint64{uint64(b[1])<<32 | uint64(b[0]), uint64(b[3])<<32 | uint64(b[2])} {
			if got := source.Uint64(); got != want {
				t.Fatalf("draw %d: %x, want %x", draw, got, want)
			}
		}
	}
}

func TestFloat64EndsOfTheInterval(t *testing.T) {
	for _, c := range []struct {
		bits       uint64
		unit, open float64
	}{
		{0, 0, 0x1p-53},
		{math.MaxUint64, 1 - 0x1p-53, 1 - 0x1p-53},
	} {
		if got := unit(c.bits); got != c.unit {
			t.Errorf("unit(%x) = %v, want %v", c.bits, got, c.unit)
		}
		if got := open(c.bits); got != c.open {
			t.Errorf("open(%x) = %v, want %v", c.bits, got, c.open)
		}
	}
}
