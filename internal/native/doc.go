// Package native makes machine code of operations on rows, which computes the
// same bits as carrying them out one after the other.
//
// Operation by operation, every intermediate value of every neuron is stored and
// loaded again. A [Routine] takes a vector of neurons through the whole program
// and keeps the values in registers. It is made of the instructions of vectors
// alone, straight on, in one pass: values in static single assignment (lower.go),
// registers by the farthest next use (allocate.go), bytes (encode.go). A program
// of a few hundred operations takes well below a millisecond.
//
// Operations without a form here (see [Has]), other processors and systems, and
// systems that allow no new code leave it at the rows.
package native
