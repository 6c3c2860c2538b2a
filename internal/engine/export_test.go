package engine

import "soma/internal/program"

// Recorded joins what a Record operator has kept.
func (e *Engine) Recorded(op *program.Record) (all program.Recording) {
	for piece, err := range e.Pieces(op) {
		if err != nil {
			panic(err)
		}
		all.Values = append(all.Values, piece.Values...)
		all.Steps = append(all.Steps, piece.Steps...)
		all.IDs = append(all.IDs, piece.IDs...)
		all.At = append(all.At, piece.At...)
	}
	return all
}

// Spilled is how many bytes of recordings are in the temporary file.
func (e *Engine) Spilled() int64 { return e.spill.size }
