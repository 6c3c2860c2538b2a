package main

import (
	"fmt"

	"soma/plot"
	"soma/script"
	"soma/sim"
)

// mostRows is the largest size of a weight matrix in a figure; beyond it,
// neighbouring neurons share a cell.
const mostRows = 200

// fillWeights gives the panels that show a connection the weights that were
// drawn: in each cell the mean over its pairs of neurons.
func fillWeights(model *script.Model, s *sim.Simulator) {
	for _, w := range model.Weights {
		panel := &model.Figures[w.Figure].Panels[w.Panel]
		sources, targets := s.Size(w.Connection)
		across, down := (sources+mostRows-1)/mostRows, (targets+mostRows-1)/mostRows
		matrix := make([]plot.Numbers, (targets+down-1)/down)
		for i := range matrix {
			matrix[i] = make(plot.Numbers, (sources+across-1)/across)
		}
		for synapse := range s.SynapsesOf(w.Connection) {
			i, j := synapse.Target/down, synapse.Source/across
			pairs := min(down, targets-i*down) * min(across, sources-j*across)
			matrix[i][j] += synapse.Weight / float64(pairs)
		}
		panel.Matrix = matrix
		panel.XLabel, panel.YLabel = shared(panel.XLabel, across), shared(panel.YLabel, down)
		if len(panel.Labels) == 0 {
			panel.Labels = []string{"weight (" + receptorOf(w.Connection).Unit + ")"}
		}
	}
}

// shared adds to a label how many neurons share a cell.
func shared(label string, neurons int) string {
	if neurons == 1 {
		return label
	}
	return fmt.Sprintf("%s / %d", label, neurons)
}
