package kernel

import "fmt"

// A Level is a set of machine instructions that kernels are written for.
// Results do not depend on it.
type Level int

const (
	Portable Level = iota // Go, any architecture
	AVX2                  // amd64 with AVX2, AES, and FMA, which only computes errors of products
	AVX512                // amd64 with AVX-512 F, BW, DQ and VL
)

// String returns the name of the level in lower case.
func (l Level) String() string {
	switch l {
	case Portable:
		return "portable"
	case AVX2:
		return "avx2"
	case AVX512:
		return "avx512"
	}
	return fmt.Sprintf("level(%d)", int(l))
}

// best is set once, from the features of the processor, and never changed.
var best = detect()

// Best returns the fastest level of this machine.
func Best() Level { return best }

// Levels returns the levels of this machine, from Portable to Best.
func Levels() []Level {
	var levels []Level
	for l := Portable; l <= best; l++ {
		levels = append(levels, l)
	}
	return levels
}

// usable returns l, or the best level of this machine below it.
func (l Level) usable() Level { return min(l, best) }

// lanes returns how many elements a vector of the level holds.
func (l Level) lanes() int {
	switch l {
	case AVX512:
		return 8
	case AVX2:
		return 4
	}
	return 1
}
