// Package record keeps the results of simulations as directories of files.
//
//	DIR/run.json             what was run, and how it went ([Run])
//	DIR/data.npz             what the probes recorded, as NumPy arrays
//	DIR/P.csv                the same for probe P, as text
//	DIR/P.parquet            the same for probe P, as a table in columns
//	DIR/learned.npz          what connections have learned, if any do
//	DIR/figures/NAME.png     figures, drawn by the caller ([File])
//
// The package knows no network and no simulator: a [Result] consists of plain
// structs and slices. [Write] stores one, [Read] gives it back.
//
// A recording that memory cannot hold comes in pieces ([Values], [Spikes]): Write
// reads them once for each array, table and statistic, and holds one piece; of
// Parquet one row group. The files are the same. [Open] gives back a result whose
// recordings stay in their file.
//
// # Arrays
//
// A value probe P gives the arrays P (samples × width, float64) and P.t (s). A
// spike probe P gives P.times (s), P.ids (int64) and, where the model has exact
// spike times, P.exact (s), ordered by time, then id. An [Array] is stored
// under its own name. The file is a plain zip archive, not compressed: the same
// result gives the same bytes on every machine.
//
// learned.npz has the same form: CONNECTION.weights and so on, see
// soma/learn.State. [ReadLearned] gives it back.
//
// run.json sums up every spike probe: count, rate, the SHA-256 of its spikes and,
// where they mean something, [Statistics].
//
// # Directories
//
// A directory is complete or absent. Write fills a temporary directory beside
// it and moves that into place at the end, so that a failure or a crash leaves
// an earlier result as it was. It replaces results of soma only: a directory
// that holds anything else is refused. [Check] says so before a simulation is
// run for nothing. Where the disk is full, Write says so ([WriteError]) and can be
// called again with another directory; [WriteRest] stores what has room, for want of
// one.
//
// What stands in a [Run] is the same on every run, thread count and machine,
// but for the fields that tell of the machine: threads, kernel, timings and
// memory.
package record
