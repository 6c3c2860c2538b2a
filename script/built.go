package script

import (
	"fmt"

	"soma"
	"soma/plot"
	"soma/sim"
)

// shown is a panel of a figure, by their numbers, with the probes that it shows.
type shown struct {
	figure, panel int
	value         *panelValue
	probes        []*soma.Probe
}

// Complete gives the panels that show the network itself, such as weights and
// tuning curves, their numbers, from a simulator that was built from it. It reports,
// as soma.Errors, what only then shows to be wrong with a panel.
func (m *Model) Complete(s *sim.Simulator) error {
	var wrong soma.Errors
	for _, b := range m.shown {
		p := &m.Figures[b.figure].Panels[b.panel]
		if b.value.show != nil {
			if err := b.value.show(s, p); err != nil {
				return err
			}
		}
		bad := badList(p)
		if bad == nil {
			bad = badCurves(p, b.probes, s)
		}
		if bad != nil {
			c := b.value.call
			wrong = append(wrong, &soma.Error{
				Pos: c.argumentPos(bad.field), Object: c.subject, Field: bad.field, Problem: bad.problem, Remedy: bad.remedy,
			})
		}
	}
	return wrong.Err()
}

// mostCells is the largest size of a matrix of neurons in a figure; beyond it,
// neighbouring neurons share a cell.
const mostCells = 200

// connectionImage lets an image show a connection: the weights that its rule
// drew, or its decoders.
func (c *call) connectionImage(v *panelValue, conn *soma.Connection) {
	if conn.Rule != nil {
		v.panel.XLabel, v.panel.YLabel = orElse(v.panel.XLabel, "source"), orElse(v.panel.YLabel, "target")
		v.show = func(s *sim.Simulator, p *plot.Panel) error {
			showWeights(s, conn, p)
			return nil
		}
		return
	}
	if _, decoded := conn.From.Of.(*soma.Ensemble); !decoded {
		c.report("matrix", "a connection without a rule has no single synapses", "give one with a rule, one from an ensemble, or the matrix itself")
		return
	}
	v.panel.XLabel, v.panel.YLabel = orElse(v.panel.XLabel, "neuron"), orElse(v.panel.YLabel, "decoded value")
	v.show = func(s *sim.Simulator, p *plot.Panel) error { return showDecoders(s, conn, p) }
}

// showWeights gives a panel the weights that were drawn: in each cell the mean
// over its pairs of neurons.
func showWeights(s *sim.Simulator, conn *soma.Connection, p *plot.Panel) {
	sources, targets := s.Size(conn)
	across, down := perCell(sources), perCell(targets)
	matrix := make([]plot.Numbers, (targets+down-1)/down)
	for i := range matrix {
		matrix[i] = make(plot.Numbers, (sources+across-1)/across)
	}
	for synapse := range s.SynapsesOf(conn) {
		i, j := synapse.Target/down, synapse.Source/across
		pairs := min(down, targets-i*down) * min(across, sources-j*across)
		matrix[i][j] += synapse.Weight / float64(pairs)
	}
	p.Matrix = matrix
	p.XLabel, p.YLabel = sharedCells(p.XLabel, across), sharedCells(p.YLabel, down)
	if len(p.Labels) == 0 {
		p.Labels = []string{"weight (" + conn.WeightUnit() + ")"}
	}
}

// showDecoders gives a panel the decoders of a connection, a row for each value.
func showDecoders(s *sim.Simulator, conn *soma.Connection, p *plot.Panel) error {
	d, err := s.Decoding(conn, nil)
	if err != nil {
		return err
	}
	n, values := len(d.Decoders), len(d.Decoders[0])
	across := perCell(n)
	p.Matrix = make([]plot.Numbers, values)
	for k := range p.Matrix {
		p.Matrix[k] = make(plot.Numbers, (n+across-1)/across)
		for i := range n {
			p.Matrix[k][i/across] += d.Decoders[i][k] / float64(min(across, n-i/across*across))
		}
	}
	p.XLabel = sharedCells(p.XLabel, across)
	if len(p.Labels) == 0 {
		p.Labels = []string{"decoder (s)"}
	}
	return nil
}

// perCell is how many of n neurons share a cell.
func perCell(n int) int { return max(1, (n+mostCells-1)/mostCells) }

// sharedCells adds to a label how many neurons share a cell.
func sharedCells(label string, neurons int) string {
	if neurons == 1 {
		return label
	}
	return fmt.Sprintf("%s / %d", label, neurons)
}
