package engine

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"

	"soma/internal/program"
)

// spill is a temporary file for recordings that outgrow memory. It has no name
// while it is open, or loses it when it is closed, so that it goes with the
// process, however that ends.
type spill struct {
	file  *os.File
	size  int64 // bytes
	block []byte
}

// chunk is a part of a recording in the file: its values, or the steps, neurons
// and times of its spikes, as little-endian words of 8 bytes.
type chunk struct {
	offset int64
	n      int // values, or spikes
}

const (
	wordBytes  = 8
	spillBlock = 1 << 17 // bytes written at once
)

// put moves a recording to the end of the file.
func (s *spill) put(r program.Recording) (chunk, error) {
	if s.file == nil {
		file, err := openUnnamed()
		if err != nil {
			return chunk{}, fmt.Errorf("a temporary file for recordings: %w", err)
		}
		s.file, s.block = file, make([]byte, 0, spillBlock)
	}
	c := chunk{s.size, max(len(r.Values), len(r.Steps))}
	for _, column := range []struct {
		n    int
		word func(i int) uint64
	}{
		{len(r.Values), func(i int) uint64 { return math.Float64bits(r.Values[i]) }},
		{len(r.Steps), func(i int) uint64 { return uint64(r.Steps[i]) }},
		{len(r.IDs), func(i int) uint64 { return uint64(r.IDs[i]) }},
		{len(r.At), func(i int) uint64 { return math.Float64bits(r.At[i]) }},
	} {
		if err := s.write(column.n, column.word); err != nil {
			return chunk{}, fmt.Errorf("a temporary file for recordings: %w", err)
		}
	}
	return c, nil
}

func (s *spill) write(n int, word func(i int) uint64) error {
	for i := range n {
		s.block = binary.LittleEndian.AppendUint64(s.block, word(i))
		if len(s.block) < spillBlock && i < n-1 {
			continue
		}
		written, err := s.file.WriteAt(s.block, s.size)
		s.block = s.block[:0]
		s.size += int64(written)
		if err != nil {
			return err
		}
	}
	return nil
}

// reader reads pieces of chunks, each over the one before.
type reader struct {
	spill *spill
	block []byte
	piece program.Recording
}

// values gives values from … to−1 of a chunk.
func (r *reader) values(c chunk, from, to int) (program.Recording, error) {
	values := resized(&r.piece.Values, to-from)
	err := r.read(c, 0, from, to, func(i int, word uint64) { values[i] = math.Float64frombits(word) })
	return r.piece, err
}

// spikes gives spikes from … to−1 of a chunk.
func (r *reader) spikes(c chunk, from, to int) (program.Recording, error) {
	n := to - from
	steps, ids, at := resized(&r.piece.Steps, n), resized(&r.piece.IDs, n), resized(&r.piece.At, n)
	for column, keep := range []func(i int, word uint64){
		func(i int, word uint64) { steps[i] = int64(word) },
		func(i int, word uint64) { ids[i] = int32(word) },
		func(i int, word uint64) { at[i] = math.Float64frombits(word) },
	} {
		if err := r.read(c, column, from, to, keep); err != nil {
			return r.piece, err
		}
	}
	return r.piece, nil
}

func (r *reader) read(c chunk, column, from, to int, keep func(i int, word uint64)) error {
	block := resized(&r.block, wordBytes*(to-from))
	if _, err := r.spill.file.ReadAt(block, c.offset+int64(wordBytes*(column*c.n+from))); err != nil {
		return fmt.Errorf("the temporary file of recordings: %w", err)
	}
	for i := range to - from {
		keep(i, binary.LittleEndian.Uint64(block[wordBytes*i:]))
	}
	return nil
}

// resized gives a slice a length; what it holds is anything.
func resized[T any](s *[]T, n int) []T {
	*s = slices.Grow((*s)[:0], n)[:n]
	return *s
}

// clear forgets what the file holds.
func (s *spill) clear() {
	if s.file != nil {
		// A file that cannot be made shorter only takes room until the process ends.
		_ = s.file.Truncate(0)
	}
	s.size = 0
}
