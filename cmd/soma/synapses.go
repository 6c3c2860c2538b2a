package main

import (
	"fmt"
	"math"
	"strings"

	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/internal/rng"
	"soma/neuron"
)

// synapses shows the connections by single synapses.
func (r *overview) synapses() {
	var rows [][]string
	learning := ""
	for _, net := range r.net.All() {
		for _, conn := range net.Connections {
			if conn.Rule == nil {
				continue
			}
			if len(conn.Learning) > 0 {
				learning = "learning"
			}
			receptor := receptorOf(conn)
			rows = append(rows, []string{
				conn.From.String(), "→ " + conn.To.String(), ruleText(conn.Rule),
				drawn(conn.Weight, receptor.Unit), drawn(conn.SynapseDelay(), "s"), receptor.Name, expected(conn),
				rulesText(conn),
			})
		}
	}
	r.table([]string{"from", "  to", "rule", "weight", "delay", "receptor", "synapses", learning}, rows, "llllllrl")
}

// ruleText writes a rule with its parameters.
func ruleText(rule connect.Rule) string {
	if _, listed := rule.(connect.Explicit); listed {
		return "explicit"
	}
	return described(rule)
}

// receptorOf is where the spikes of a connection arrive.
func receptorOf(conn *soma.Connection) neuron.Receptor {
	if conn.From.Of.(*soma.Population).Neuron.Spec().OutputUnit == "A" {
		return neuron.Receptor{Name: "current"}
	}
	i, err := conn.ReceptorIndex()
	if err != nil {
		return neuron.Receptor{}
	}
	return conn.To.Of.(*soma.Population).Neuron.Spec().Receptors[i]
}

// expected is the mean number of synapses that a rule draws, or of what
// generators give in their place.
func expected(conn *soma.Connection) string {
	plan, err := conn.Rule.Plan(conn.Pair(rng.Stream{}))
	if err != nil {
		return ""
	}
	n := int64(math.Round(plan.Expected))
	from := conn.From.Of.(*soma.Population).Neuron
	if _, trains := from.(neuron.TrainGenerator); trains {
		return count(n, "train")
	}
	if from.Spec().OutputUnit == "A" {
		return count(n, "current")
	}
	return grouped(n)
}

// drawn writes weights or delays: "87.8 pA", "normal(mean 87.8 pA, std 8.78 pA)".
func drawn(v connect.Value, unit string) string {
	switch v := v.(type) {
	case nil: // of a current, which needs no weight
		return "1"
	case connect.Constant:
		return param.Quantity(float64(v), unit)
	case connect.Uniform:
		return fmt.Sprintf("uniform(%s to %s)", param.Quantity(v.Low, unit), param.Quantity(v.High, unit))
	case connect.Normal:
		parts := []string{"mean " + param.Quantity(v.Mean, unit), "std " + param.Quantity(v.Std, unit)}
		unbounded := v.Low == 0 && v.High == 0
		if !unbounded && !math.IsInf(v.Low, 0) {
			parts = append(parts, "low "+param.Quantity(v.Low, unit))
		}
		if !unbounded && !math.IsInf(v.High, 0) {
			parts = append(parts, "high "+param.Quantity(v.High, unit))
		}
		return "normal(" + strings.Join(parts, ", ") + ")"
	}
	return described(v)
}
