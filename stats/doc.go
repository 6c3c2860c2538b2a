// Package stats analyses spike trains: rates, intervals, correlations, spectra.
//
// [Spikes] is what a spike probe recorded; its methods give one number for the
// population, one per neuron, or a curve:
//
//	s := stats.Spikes{Times: data.Times, IDs: data.IDs, Neurons: 1000, Duration: 1}
//	if err := s.Check(); err != nil { … }
//	fmt.Println(s.MeanRate(), stats.Mean(s.CVs()))
//
// # Basics
//
// Times are in seconds, rates and powers in hertz. A spike's time is the end of
// the step in which it was emitted, so bins are open on the left and closed on
// the right, and recording lasts from just after 0 to Duration. Statistics of
// counts use whole bins only.
//
// Where a number is not defined, as the CV of a neuron that fired once, it is
// NaN. [Mean], [Deviation] and [Histogram] leave out what is not finite.
//
// # Caveats
//
// CV and LV of few intervals are biased towards zero: a neuron must fire many
// times within Duration before they mean much. Correlations and synchrony depend
// on the width of the bins; compare only what was computed with the same one.
//
// Methods read Spikes, in memory or piece by piece, and keep nothing of it: they hold
// numbers per neuron or bin, but for Intervals, never all spikes; Correlations holds
// some 65 000 spikes, or all of the neurons that it draws where they are not in
// order of time. Given Spikes that Check
// refuses, they leave out the spikes at fault and do not panic. The same spikes
// give the same numbers, bit for bit, on every machine.
package stats
