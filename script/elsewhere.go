package script

import "slices"

// elsewhere are parameters as Nengo, NEST and Brian call them, and what they are
// called here.
var elsewhere = map[string]string{
	"n_neurons":          "n",
	"size":               "n",
	"neuron_type":        "neuron",
	"model":              "neuron",
	"label":              "name",
	"initial_state":      "init",
	"params":             "init",
	"output":             "value",
	"pre":                "source",
	"post":               "target",
	"learning_rule_type": "learning",
	"conn_spec":          "rule",
	"weights":            "weight",
	"delays":             "delay",
	"receptor_type":      "receptor",
	"attr":               "what",
	"record":             "what",
	"record_from":        "what",
	"variables":          "what",
	"interval":           "sample_every",
	"indegree":           "k",
	"outdegree":          "k",
	"tau_m":              "tau_rc",
	"presentation_time":  "duration",
	"data":               "values",
	"eqs":                "text",
}

// calledHere is the parameter of a call that others call by this name; "" when
// there is none.
func (sig *signature) calledHere(name string) string {
	if here := elsewhere[name]; slices.Contains(sig.names(), here) {
		return here
	}
	return ""
}
