package script_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"soma/script"
)

// equationsErrors loads a model file and gives its mistakes.
func equationsErrors(t *testing.T, text string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "model.star")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := script.Load(path, script.Options{})
	if err == nil {
		return nil
	}
	return strings.Split(strings.ReplaceAll(err.Error(), path, "model.star"), "\n")
}

// A mistake in a text has the place that it has in the file, wherever the text
// is written.
func TestMistakesInEquations(t *testing.T) {
	const head, tail = "model = Network(\"m\")\n", "\nsimulate(1*second)\n"
	for _, c := range []struct{ text, want string }{
		{`p = model.population(1, neuron.equations("dv/dt = -v/tau : volt"))`, "model.star:2:54: neuron.equations.text: tau is not known"},
		{"p = model.population(1, neuron.equations(\"\"\"\n  dv/dt = -v/tau : volt\"\"\"))", "model.star:3:14: neuron.equations.text: tau is not known"},
		{"p = model.population(1, neuron.equations(\"\"\"dv/dt = -v/tau : volt\"\"\"))", "model.star:2:56: neuron.equations.text: tau is not known"},
		{"text = '''\n  dv/dt = -v/tau : volt'''\np = model.population(1, neuron.equations(text))", "model.star:3:14: neuron.equations.text: tau is not known"},
		{"text = 'v ' + ': vlt'\np = model.population(1, neuron.equations(text))", "model.star:3:42: neuron.equations.text: line 1, column 5: \"vlt\" is no unit"},
		{"p = model.population(1, neuron.equations('v : 1\\nu : vlt'))", "model.star:2:42: neuron.equations.text: line 2, column 5: \"vlt\" is no unit"},
		{`p = model.population(1, neuron.equations("v : volt", threshold = "v > 1"))`, "model.star:2:69: neuron.equations.threshold: >: v is in V, 1 is a pure number"},
		{`p = model.population(1, neuron.equations("v : volt", receptors = {"a": "v += w", "b": "v = w"}))`, "model.star:2:88: neuron.equations.receptors.b: v = w: spikes that arrive"},
		{`p = model.population(1, neuron.equations("v : volt", receptors = ["v += w"]))`, "model.star:2:54: neuron.equations.receptors: a list of 1 is no dictionary"},
		{`p = model.population(1, neuron.equations("v : volt", u = 3))`, "model.star:2:54: neuron.equations.u: the equations have no u"},
		{`p = model.population(1, neuron.equations("v = u : volt", u = "3"))`, "model.star:2:58: neuron.equations.u: the string \"3\" is no number"},
		{`p = model.population(1, neuron.equations("v : volt", threshold = "v > 0*mV", refractory = -1))`, "model.star:2:78: neuron.equations.refractory: -1 is below 0"},
		{`p = model.population(1, neuron.equations("v : volt", threshold = "v > 0*mV", refractory = 1*us))`, "model.star:2:25: p.neuron.refractory: 1 us is less than half a step of 1 ms"},
		{`p = model.population(3, neuron.equations("v = u : volt", u = [1, 2]))`, "model.star:2:25: p.neuron: 2 values of u for 3 neurons; give one for each"},
		{"r = learn.equations(\"\"\"\n  dx/dt = -x/ms : 1\"\"\", on_pre = \"x += 1; w += y*x\")", "model.star:3:48: learn.equations.on_pre: y is not known"},
		{`r = learn.equations("x : 1", on_pre = "x += w", on_post = "w += 1*mV")`, "model.star:2:60: learn.equations.on_post: w is a pure number, and 1*mV is in V"},
		{`r = learn.equations(on_pre = "w += a", a = [1, 2])`, "model.star:2:40: learn.equations.a: a list of 2 is no number"},
	} {
		got := equationsErrors(t, head+c.text+tail)
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.text, strings.Join(got, "\n     "), c.want)
		}
	}
	// What follows from the mistake is not reported.
	follow := `p = model.population(1, neuron.equations("dv/dt = -v/tau : volt", receptors = {"x": "v += w"}), init = {"v": 1})
model.probe(p, "v")
model.connect(p, p, weight = 3, receptor = "x")`
	if got := equationsErrors(t, head+follow+tail); len(got) != 1 {
		t.Errorf("got %s, want one mistake", strings.Join(got, "\n"))
	}
	fine := `p = model.population(3, neuron.equations("dv/dt = (u - v)/tau + k*I : volt", threshold = "v > 0*mV", reset = "v = u", receptors = {"x": "v += w"}, u = [1, 2, 3], tau = 10*ms, k = dist.uniform(1, 2)), init = {"v": 1})
model.probe(p, "v")
model.probe(p, "u")
model.connect(p, p, weight = 3*mV)
model.connect(model.node(lambda t: t, name = "n"), p)`
	if got := equationsErrors(t, head+fine+tail); got != nil {
		t.Errorf("got %s, want none", strings.Join(got, "\n"))
	}
}
