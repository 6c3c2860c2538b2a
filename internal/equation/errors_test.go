package equation

import (
	"fmt"
	"strings"
	"testing"
)

// Every mistake is told with its place and a remedy.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		source Source
		want   string // field line:column: problem
	}{
		{Source{}, "text 0:0: there are no equations"},
		{Source{Text: "dv/dt = -v/tau : volt"}, "text 1:12: tau is not known"},
		{Source{Text: "dv/dt = -v/(10*ms)"}, "text 1:19: v has no unit"},
		{Source{Text: "dv/dt = -v/(10*ms) volt"}, `text 1:20: "volt" where an operator or a colon should stand`},
		{Source{Text: "dv/dt = -v/(10*ms : volt"}, `text 1:19: ":" where the bracket of line 1, column 12 should be closed`},
		{Source{Text: "dv/dt = -v/(10*ms) : mV"}, "text 1:22: \"mV\" is a multiple of a unit"},
		{Source{Text: "dv/dt = -v/(10*ms) : vlt"}, "text 1:22: \"vlt\" is no unit; did you mean volt?"},
		{Source{Text: "dv/dt = v : volt"}, "text 1:1: dv/dt is in V/s, but the right side is in V"},
		{Source{Text: "dv/dt = (v + 3*second)/(10*ms) : volt"}, "text 1:12: +: v is in V, 3*second is in s"},
		{Source{Text: "x = exp(3*mV) : 1"}, "text 1:5: exp() takes pure numbers, and 3*mV is in V"},
		{Source{Text: "x = foo(3) : 1"}, "text 1:5: there is no function foo"},
		{Source{Text: "x = exp(3, 4) : 1"}, "text 1:5: exp takes 1 values, not 2"},
		{Source{Text: "x = 3^2 : 1"}, "text 1:6: ^ has no meaning here"},
		{Source{Text: "x = 1 < 2 < 3 : 1"}, "text 1:11: comparisons cannot be chained"},
		{Source{Text: "x = 1/0 : 1"}, "text 1:6: 1/0 is +Inf"},
		{Source{Text: "x = 1 : 1\ny = y + 1 : 1"}, "text 2:1: y depends on itself"},
		{Source{Text: "x = y : 1\ny = x : 1"}, "text 1:1: x depends on itself"},
		{Source{Text: "x : 1\nx : 1"}, "text 2:1: x is defined in line 1 already"},
		{Source{Text: "t : second"}, "text 1:1: t cannot be defined: it is the time"},
		{Source{Text: "exp : 1"}, "text 1:1: exp cannot be defined: it is a function"},
		{Source{Text: "x = 2 $ 3 : 1"}, "text 1:7: '$' has no meaning here"},
		{Source{Text: "x = 2ms : second"}, "text 1:5: a number and a name run together: 2m"},
		{Source{Text: "x = 1 : 1 (fast)"}, "text 1:12: \"fast\" is no flag"},
		{Source{Text: "x = 1 : 1 (unless refractory)"}, "text 1:12: only a variable with a derivative can stand still while refractory"},
		{Source{Text: "v : 1", Threshold: "v"}, ""},
		{Source{Text: "v : volt", Threshold: "v"}, "threshold 1:1: it is in V, not a condition"},
		{Source{Text: "v : volt", Threshold: "v > 1"}, "threshold 1:3: >: v is in V, 1 is a pure number"},
		{Source{Text: "v : volt", Reset: "v = 0"}, "threshold 0:0: a reset or a refractory period without a threshold"},
		{Source{Text: "v : volt", Threshold: "v > 0", Reset: "v = 2*amp"}, "reset 1:1: v is in V, and 2*amp is in A"},
		{Source{Text: "v : volt", Threshold: "v > 0", Reset: "u = 0"}, "reset 1:1: u is not known"},
		{Source{Text: "v : volt\nx = 2*v : volt", Threshold: "v > 0", Reset: "x = 0"}, "reset 1:1: x follows from its equation"},
		{Source{Text: "v : volt (constant)", Threshold: "v > 0", Reset: "v = 0"}, "reset 1:1: v is constant"},
		{Source{Text: "v : volt", Threshold: "v > 0", Reset: "v -> 0"}, `reset 1:3: "-" where = or += should stand`},
		{Source{Text: "v : volt", Threshold: "v > 0", Refractory: "5*mV"}, "refractory 1:2: it is in V"},
		{Source{Text: "v : volt", Receptors: []Receptor{{"a", ""}}}, "receptors.a 0:0: there is no statement"},
		{Source{Text: "v : volt", Receptors: []Receptor{{"a", "v = w"}}}, "receptors.a 1:1: v = w: spikes that arrive in one step are added up first"},
		{Source{Text: "v : 1\nu : 1", Receptors: []Receptor{{"a", "v += w; u += v"}}}, "receptors.a 1:9: u += v: spikes that arrive"},
		{Source{Text: "v : 1", Receptors: []Receptor{{"a", "w += 1"}}}, "receptors.a 1:1: w is the weight of the spike"},
		{Source{Text: "dv/dt = -v**2/second : 1", Method: "exact"}, "method 0:0: exact cannot solve this: dv/dt is not linear"},
		{Source{Text: "dv/dt = t/second**2 : 1", Method: "exact"}, "method 0:0: exact cannot solve this: dv/dt depends on the time t"},
		{Source{Text: "dv/dt = -v**2/second : 1", Method: "exponential_euler"}, "method 0:0: exponential_euler cannot solve this: dv/dt is not linear in v"},
		{Source{Text: "dv/dt = xi*second**-0.5 : 1", Method: "rk4"}, "method 0:0: rk4 cannot solve this: there is noise"},
		{Source{Text: "dv/dt = xi**2 : 1", Method: "euler"}, "text 1:1: dv/dt is not linear in the noise"},
		{Source{Text: "dv/dt = -v/second : 1", Method: "rk5"}, `method 0:0: there is no method "rk5"; did you mean rk2?`},
		{Source{Text: "v = xi*second**0.5 : 1", Threshold: "v > 0"}, "threshold 1:1: v contains noise"},
		{Source{Text: "v : 1", Threshold: "xi > 0"}, "threshold 1:1: noise belongs in differential equations"},
		{Source{Text: "v : 1", Given: []Given{{Name: "u", Value: 1}}}, "u 0:0: the equations have no u"},
		{Source{Text: "dv/dt = -v/second : 1", Given: []Given{{Name: "v", Value: 1}}}, "v 0:0: v follows from its differential equation"},
		{Source{Text: "dv/dt = -v/tau : 1", Given: []Given{{Name: "tau"}}}, "text 1:11: -v/tau divides by 0: tau is 0"},
		{Source{Text: "x = " + strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000) + " : 1"}, "text 1:206: the expression is nested more than 200 deep"},
		{Source{Text: "x = " + strings.Repeat("-", 1000) + "1 : 1"}, "text 1:206: the expression is nested more than 200 deep"},
		{Source{Text: "x = 1" + strings.Repeat(" + 1", 20_000) + " : 1"}, "text 1:40002: the text has more than 20000 words and signs"},
		{Source{Text: "x = " + strings.Repeat("a", 1000) + " : 1"}, "text 1:5: the name aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… has more than 100 letters"},
		{Source{Text: "x = 1e999 : 1"}, "text 1:5: 1e999 is too large a number"},
	} {
		_, problems := New(c.source)
		got := ""
		if len(problems) > 0 {
			p := problems[0]
			got = fmt.Sprintf("%s %d:%d: %s", p.Field, p.Place.Line, p.Place.Col, p.Problem)
		}
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%.60q, threshold %q, reset %q, receptors %v:\n got %s\nwant %s", c.source.Text, c.source.Threshold, c.source.Reset, c.source.Receptors, got, c.want)
		}
	}
}

// A chain of names that doubles with each line is no work.
func TestNoExplosion(t *testing.T) {
	var text strings.Builder
	text.WriteString("x0 = 1.5 : 1\n")
	for i := range 900 {
		fmt.Fprintf(&text, "x%d = x%d + x%d : 1\n", i+1, i, i)
	}
	text.WriteString("dv/dt = (x10 + sin(v)*v)/second : 1")
	if _, problems := New(Source{Text: text.String()}); len(problems) > 0 {
		t.Error(problems[0])
	}
}

func FuzzEquations(f *testing.F) {
	f.Add("dv/dt = (E_L - v + (g_e*(E_e - v))/g_L)/tau_m : volt (unless refractory)\ndg_e/dt = -g_e/tau_e : siemens", "v > V_th", "v = V_r; g_e *= 2", "g_e += w")
	f.Add("dx/dt = mu*x/second + s*x*xi*second**-0.5 : 1 # noise\ny = clip(x, 0, 1)**-2 : 1", "x > 1 and not (y == 2)", "x -= 1", "x += 0.5*w")
	f.Add("dx/dt = -x/(20*ms) : 1 (event-driven)\ndy/dt = -y/tau_m : 1 (event-driven)\nn : 1", "", "x += 1; w = clip(w - 0.1*y, 0, 1); n += s", "y = 2; w += n*x")
	f.Add("x : 1 (constant)\ny = where(x > 0, exprel(x), 1/0) : 1", "rand() < 0.1", "", "x+=w")
	f.Fuzz(func(t *testing.T, text, threshold, reset, receptor string) {
		m, problems := New(Source{
			Text: text, Threshold: threshold, Reset: reset, Refractory: "2*ms",
			Receptors: []Receptor{{"a", receptor}}, Given: []Given{{Name: "tau_m", Value: 0.02}, {Name: "s", Varies: true}},
		})
		if (m == nil) == (len(problems) == 0) {
			t.Fatal("neither a model nor a problem, or both")
		}
		s, more := NewSynapse(SynapseSource{Text: text, Pre: reset, Post: receptor, Given: []Given{{Name: "tau_m", Value: 0.02}, {Name: "s", Value: 1}}})
		if (s == nil) == (len(more) == 0) {
			t.Fatal("neither a synapse nor a problem, or both")
		}
		if s != nil {
			weight, sent, traces := 1.0, 0.0, make([]float64, MaxTraces)
			s.OnPre(&weight, &sent, make([]float64, s.Own), traces, traces)
			s.OnPost(&weight, make([]float64, s.Own), traces, traces)
		}
		for _, p := range append(problems, more...) {
			if p.Problem == "" {
				t.Error("a problem without words")
			}
		}
	})
}
