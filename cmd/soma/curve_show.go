package main

import (
	"fmt"
	"strconv"
	"strings"

	"soma/internal/param"
	"soma/neuron"
	"soma/plot"
	"soma/record"
)

// figure shows the closed forms as lines and the simulated rates as points.
func (c *curves) figure() plot.Figure {
	spec := c.family[0].model.Spec()
	panel := plot.Panel{Kind: plot.XY, XLabel: "input current", XUnit: spec.InputUnit, YLabel: "rate", YUnit: "Hz"}
	fine := between(c.currents[0], c.currents[len(c.currents)-1], max(len(c.currents), 301))
	for k, m := range c.family {
		at := fine
		if _, slow := m.model.(neuron.Measured); slow {
			at = c.currents
		}
		formula, _ := steady(m.model, at)
		closed, simulated := source(m.model), "simulated"
		if m.label != "" {
			closed, simulated = m.label, ""
		}
		panel.Series = append(panel.Series,
			plot.Series{X: at, Y: formula, Label: closed},
			plot.Series{X: c.currents, Y: c.rates[k], Style: plot.Points, Label: simulated})
	}
	return plot.Figure{Name: "curve", Title: "Firing rate of " + spec.Name, Panels: []plot.Panel{panel}}
}

// table is the text for the terminal: some of the currents, and the deviation.
func (c *curves) table(paint painter, dir string, result *record.Result) string {
	var b strings.Builder
	spec := c.family[0].model.Spec()
	for k, m := range c.family {
		fmt.Fprintln(&b, strings.TrimSpace(paint.bold(spec.Name)+"  "+paint.dim(brief(m.model))))
		rows := [][]string{{"current", "simulated", source(m.model)}}
		for _, i := range spread(len(c.currents), 9) {
			rows = append(rows, []string{param.Quantity(c.currents[i], spec.InputUnit), rate(c.rates[k][i]), rate(c.closed[k][i])})
		}
		for i, line := range columns(rows, "rrr") {
			if i == 0 {
				line = paint.dim(line)
			}
			fmt.Fprintf(&b, "  %s\n", line)
		}
		fmt.Fprintf(&b, "  largest relative deviation %.2g\n", result.Run.Curves[k].MaxDeviation)
		if text := remark(m.model, result.Run.Dt); text != "" {
			fmt.Fprintf(&b, "  %s\n", text)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%s  %s\n", paint.cyan(dir), contents(dir, result.Run.Files))
	return b.String()
}

// spread gives up to n indices out of size, evenly, both ends among them.
func spread(size, n int) []int {
	n = min(n, size)
	indices := make([]int, n)
	for i := range indices {
		indices[i] = i * (size - 1) / max(1, n-1)
	}
	return indices
}

func rate(hz float64) string { return strconv.FormatFloat(hz, 'f', 3, 64) + " Hz" }
