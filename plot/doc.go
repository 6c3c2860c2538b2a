// Package plot draws figures of simulation results as PNG, SVG and PDF.
//
// A [Figure] is a plain description: panels under each other, each naming the
// probes it shows. It can be stored as JSON beside the results and drawn again
// later. [Draw] finds the numbers through the small interface [Data], so the
// package knows neither networks nor simulators nor files.
//
//	fig := plot.Figure{Name: "activity", Panels: []plot.Panel{
//		{Kind: plot.Raster, Probes: []string{"spikes"}},
//		{Kind: plot.Lines, Probes: []string{"voltage"}},
//	}}
//	err := plot.Draw(file, "png", fig, results)
//
// Panels over time (lines, raster, rate, and the image of a probe) share one
// time axis when nothing else is in the figure. Quantities are SI; an axis
// chooses the engineering prefix that keeps its numbers short, so 5e-10 A reads
// 500 pA. A label that ends in a base unit in brackets, "current (A)", gives the
// unit of an axis that has none from its data.
//
// The same figure and data give the same bytes: no dates, no random names, no
// dependence on the order of a map. Nothing in the data or the description
// panics; what cannot be drawn is an error that names figure and panel, while a
// probe that simply saw no spikes gives an empty panel that says so.
//
// A recording that memory cannot hold comes in pieces ([Values], [Spikes]): panels
// read them two or three times and keep what can be seen, a few points for each
// column of pixels of a curve, a count for each pixel of a raster, numbers per
// neuron or bin. Histograms read them some more times, to choose their bins.
//
// SVG output refers to Liberation Sans and, failing that, Arial or Helvetica,
// whose glyphs have the same widths; PDF output embeds the glyphs it uses.
package plot
