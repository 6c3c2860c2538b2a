package sim_test

import (
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/sim"
)

// Matrices that no memory holds are refused before they are made.
func TestMatricesThatAreTooLarge(t *testing.T) {
	for name, change := range map[string]func(*soma.Connection){
		"learning": func(c *soma.Connection) { c.Learning = []learn.Rule{learn.Oja{}} },
		"drawn": func(c *soma.Connection) {
			c.Transform = connect.RandomMatrix{Rows: 200_000, Cols: 200_000, From: dist.Uniform{High: 1}}
		},
	} {
		net := soma.New("large", 1)
		a, b := net.Population("a", 200_000, neuron.LIF{}), net.Population("b", 200_000, neuron.LIF{})
		change(net.Connect(a, b))
		_, err := sim.New(net, sim.Options{})
		if err == nil || !strings.Contains(err.Error(), "a->b.transform: 200000 × 200000 weights take 320 GB; connect fewer neurons") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
