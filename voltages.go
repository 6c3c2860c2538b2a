package soma

import (
	"fmt"
	"slices"

	"soma/learn"
	"soma/neuron"
)

// A VoltageStates says which state variables of neurons hold their voltage, and
// u_bar_plus, u_bar_minus and u_bar_bar; those are 0 where neurons do not filter it.
type VoltageStates struct {
	Now      int
	Filtered [3]int
}

// voltageStates finds the voltage of a model: V_m, or else the first state variable in
// volt. ok is false where there is none.
func voltageStates(m neuron.Model) (v VoltageStates, ok bool) {
	names := map[string]int{}
	states := m.Spec().States
	for i := len(states) - 1; i >= 0; i-- {
		names[states[i].Name] = i
		if states[i].Unit == "V" && !slices.Contains(filteredNames, states[i].Name) {
			v.Now, ok = i, true
		}
	}
	if i, named := names["V_m"]; named {
		v.Now, ok = i, true
	}
	for k, name := range filteredNames {
		v.Filtered[k] = names[name]
	}
	return v, ok
}

// filteredNames are the names of filtered voltages.
var filteredNames = []string{"u_bar_plus", "u_bar_minus", "u_bar_bar"}

// VoltageStates are those of the connection's targets, for rules that look at
// voltages.
func (conn *Connection) VoltageStates() VoltageStates {
	v, _ := voltageStates(conn.To.Of.(*Population).Neuron)
	return v
}

// checkVoltages checks that the targets have what a rule that looks at voltages needs.
func (conn *Connection) checkVoltages(c *checker, o *object, rule learn.Clopath) {
	model := conn.To.Of.(*Population).Neuron
	v, ok := voltageStates(model)
	if !ok {
		c.report(o, "learning", fmt.Sprintf("clopath looks at the voltage of its targets, and %s has none", model.Spec().Name),
			"connect to a model with a voltage, such as neuron.aeif_psc_delta_clopath")
	}
	for k, tau := range []float64{rule.TauUBarPlus, rule.TauUBarMinus, rule.TauUBarBar} {
		if ok && tau != 0 && v.Filtered[k] > 0 {
			c.report(o, "learning.tau_"+filteredNames[k], fmt.Sprintf("%s filters its voltage itself, to %s", model.Spec().Name, filteredNames[k]),
				"leave the time constant out, and give it to the neuron")
		}
	}
}
