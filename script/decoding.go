package script

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"go.starlark.net/starlark"

	"soma"
	"soma/neuron"
	"soma/plot"
	"soma/sim"
)

const (
	mostErrors = 500 // points at which an error is shown
	mostValues = 6   // values of a function that have a curve each
)

var decodingSignature = &signature{
	name: "decoding_error", byPosition: 1,
	doc:    "What is decoded, less what should be, at the points over which the decoders of a connection from an ensemble were solved, with the neurons' steady rates; and its root mean square (rmse). Over the represented value where that has one dimension, else over the value that should be decoded; a function of more than six values is shown by its errors alone.",
	params: aroundAxes([]parameter{{name: "connection", kind: "connection", required: true, doc: "from an ensemble"}}),
}

func (s *session) decodingError(c *call) starlark.Value {
	v := c.newPanel(plot.XY)
	if !c.given("connection") {
		return v
	}
	value, ok := c.value("connection").(*connectionValue)
	if !ok {
		c.report("connection", describe(c.value("connection"))+" is no connection", "give what model.connect made")
		return v
	}
	conn := value.Connection
	e, ok := conn.From.Of.(*soma.Ensemble)
	if ok && e.Neuron != nil {
		_, ok = e.Neuron.(neuron.Rater)
	}
	if !ok || conn.Rule != nil {
		c.report("connection", "it has no decoders", "give a connection from an ensemble")
		return v
	}
	v.show = func(s *sim.Simulator, p *plot.Panel) error { return showError(s, conn, p) }
	return v
}

func showError(s *sim.Simulator, conn *soma.Connection, p *plot.Panel) error {
	d, err := s.Decoding(conn, nil)
	if err != nil {
		return err
	}
	rmse := d.RMSE()
	if len(rmse) > mostValues {
		p.Series = []plot.Series{{X: between(0, float64(len(rmse)-1), len(rmse)), Y: rounded(rmse), Style: plot.Points}}
		p.XLabel, p.YLabel = orElse(p.XLabel, "decoded value"), orElse(p.YLabel, "root-mean-square error")
		return nil
	}
	line := len(d.Points[0]) == 1
	style, label := plot.Points, "value that should be decoded"
	if line {
		style, label = plot.Line, "represented value"
	}
	chosen := evenly(len(d.Points), mostErrors)
	if line {
		slices.SortFunc(chosen, func(a, b int) int { return cmp.Compare(d.Points[a][0], d.Points[b][0]) })
	}
	for k, e := range rmse {
		x, y := make([]float64, len(chosen)), make([]float64, len(chosen))
		for i, at := range chosen {
			x[i], y[i] = d.Targets[at][k], d.Decoded[at][k]-d.Targets[at][k]
			if line {
				x[i] = d.Points[at][0]
			}
		}
		p.Series = append(p.Series, plot.Series{X: rounded(x), Y: rounded(y), Style: style, Label: errorLabel(k, len(rmse), e)})
	}
	if len(rmse) == 1 {
		p.Title = orElse(p.Title, p.Series[0].Label)
	}
	p.XLabel, p.YLabel = orElse(p.XLabel, label), orElse(p.YLabel, "decoding error")
	return nil
}

// errorLabel names a value of a function and its error.
func errorLabel(k, values int, rmse float64) string {
	digits := max(0, 2-int(math.Floor(math.Log10(max(rmse, 1e-12)))))
	text := fmt.Sprintf("rmse %.*f", digits, rmse)
	if values > 1 {
		text = fmt.Sprintf("value %d, %s", k, text)
	}
	return text
}
