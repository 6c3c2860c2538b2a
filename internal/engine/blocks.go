package engine

import (
	"slices"

	"soma/internal/program"
)

// blocks is what memory holds of a recording. A block stays where it is: nothing is
// copied as they become more, and no room is left but in the last.
type blocks struct {
	full []program.Recording // in order of time
	open program.Recording   // after them
	free []program.Recording // emptied, for use again
	n    int                 // values or spikes in the full ones
}

const (
	firstBlock = 1 << 6  // values or spikes
	blockSize  = 1 << 16 // those of later blocks, which double until then
)

func length(r program.Recording) int { return max(len(r.Values), len(r.Steps)) }

func (b *blocks) len() int { return b.n + length(b.open) }

// all gives the blocks in order.
func (b *blocks) all() []program.Recording { return append(slices.Clip(b.full), b.open) }

// room makes room for one more sample of some values.
func (b *blocks) room(values int) {
	if cap(b.open.Values)-len(b.open.Values) >= values {
		return
	}
	if size := b.size(cap(b.open.Values), values); b.next() {
		b.open = program.Recording{Values: make([]float64, 0, size)}
	}
}

// spikeRoom makes room for one more spike.
func (b *blocks) spikeRoom() {
	if len(b.open.Steps) < cap(b.open.Steps) {
		return
	}
	if size := b.size(cap(b.open.Steps), 1); b.next() {
		b.open = program.Recording{Steps: make([]int64, 0, size), IDs: make([]int32, 0, size), At: make([]float64, 0, size)}
	}
}

// size is that of the block after one of some size: whole samples.
func (b *blocks) size(before, sample int) int {
	return max(min(max(2*before, firstBlock), blockSize)/sample, 1) * sample
}

// next ends the open block. It says whether there is no old one to go on with.
func (b *blocks) next() (none bool) {
	if n := length(b.open); n > 0 {
		b.full = append(b.full, b.open)
		b.n += n
	}
	last := len(b.free) - 1
	if last < 0 {
		return true
	}
	b.open, b.free = b.free[last], b.free[:last]
	return false
}

// empty forgets what the blocks hold, and keeps them.
func (b *blocks) empty() {
	for _, r := range b.all() {
		if cap(r.Values)+cap(r.Steps) > 0 {
			b.free = append(b.free, program.Recording{Values: r.Values[:0], Steps: r.Steps[:0], IDs: r.IDs[:0], At: r.At[:0]})
		}
	}
	clear(b.full)
	b.full, b.open, b.n = b.full[:0], program.Recording{}, 0
}
