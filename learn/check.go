package learn

import (
	"fmt"
	"slices"
	"strings"

	"soma/internal/param"
)

const axonal = "axonal"

func checkDelay(delay string) []param.Problem {
	return checkChoice("delay", delay, []string{"dendritic", axonal})
}

// checkChoice checks a parameter that is one of some words, or left out.
func checkChoice(name, value string, choices []string) []param.Problem {
	if value == "" || slices.Contains(choices, value) {
		return nil
	}
	return []param.Problem{{
		Field: name, Problem: fmt.Sprintf("%q is none of the choices", value),
		Remedy: "write one of: " + strings.Join(choices, ", "),
	}}
}

// bound is Wmax, or its default in NEST's unit. Its sign must be that of the
// weights.
func bound(wmax, inUnit float64, env Env) (float64, error) {
	if wmax == 0 {
		wmax = float64(inUnit * env.Unit)
	}
	if (wmax > 0) != (env.Unit > 0) {
		return wmax, fmt.Errorf("the bound Wmax is %g, and the weights have the other sign", wmax)
	}
	return wmax, nil
}

// positive reports weights below 0, for rules that know no others.
func positive(env Env) error {
	if env.Unit > 0 {
		return nil
	}
	return fmt.Errorf("the weights are negative, and the rule is one of excitatory synapses")
}
