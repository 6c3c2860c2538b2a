package equation

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/internal/rng"
)

// trial runs n neurons of a model.
type trial struct {
	m     *Model
	run   *Machine
	block Block
	fired []int32
}

func newTrial(t testing.TB, source Source, dt float64, level kernel.Level, n int) *trial {
	t.Helper()
	m, problems := New(source)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tr := &trial{m: m, run: NewMachine(m.Compile(dt), level, stream)}
	tr.block.Input = make([]float64, n)
	for _, v := range m.Variables {
		tr.block.State = append(tr.block.State, slices.Repeat([]float64{v.Value}, n))
	}
	return tr
}

var stream = rng.New(3, "trial", "neuron")

func (tr *trial) row(name string) []float64 { return tr.block.State[tr.m.rows[name]] }

func (tr *trial) steps(n int) {
	for range n {
		tr.block.Step++
		tr.fired = tr.run.Step(&tr.block, tr.fired)
	}
}

// slope fits a line through logarithms.
func slope(h, e []float64) float64 {
	var x, y, xx, xy float64
	for i := range h {
		a, b := math.Log(h[i]), math.Log(e[i])
		x, y, xx, xy = x+a, y+b, xx+a*a, xy+a*b
	}
	n := float64(len(h))
	return (n*xy - x*y) / (n*xx - x*x)
}

// y is e^(-t), x is e^(y-1), z is sin t; each in a way that a method could get
// wrong: coupled, and with the time.
const coupled = `
	dy/dt = -y/second : 1
	dx/dt = -x*y/second : 1
	dz/dt = cos(t/second)/second : 1`

func coupledError(t *testing.T, method string, steps int) float64 {
	tr := newTrial(t, Source{Text: coupled, Method: method}, 1/float64(steps), kernel.Best(), 3)
	tr.row("y")[1], tr.row("x")[1] = 1, 1
	tr.steps(steps)
	x, z := math.Exp(math.Exp(-1)-1), math.Sin(1)
	return math.Abs(tr.row("x")[1]-x) + math.Abs(tr.row("z")[1]-z)
}

func TestConvergence(t *testing.T) {
	for method, order := range map[string]float64{"euler": 1, "exponential_euler": 1, "rk2": 2, "midpoint": 2, "heun": 2, "rk4": 4} {
		var h, e []float64
		for steps := 16; steps <= 256; steps *= 2 {
			h, e = append(h, 1/float64(steps)), append(e, coupledError(t, method, steps))
		}
		if got := slope(h, e); math.Abs(got-order) > 0.1*order {
			t.Errorf("%s: error goes with the step to the power of %.3g, want %g", method, got, order)
		}
	}
	for _, steps := range []int{1, 3, 100} {
		for method, limit := range map[string]float64{"rk45": 2e-8, "rk8": 1e-9} {
			if e := coupledError(t, method, steps); !(e < limit) {
				t.Errorf("%s in %d steps: error %g", method, steps, e)
			}
		}
	}
}

// A variable that is 0, or at rest but for rounding, does not make substeps
// short.
func TestAdaptiveAtRest(t *testing.T) {
	tr := newTrial(t, Source{Method: "rk45", Text: `
		dv/dt = (-70*mV - v)/(10*ms) : volt
		dw/dt = (2*nS*(v + 70*mV) - w)/(20*ms) : amp
		dx/dt = 1e6*w/amp*metre/second : metre`}, 1e-4, kernel.Best(), 3)
	for i, v := range []float64{-0.07, -0.07 - 0x1p-56, -0.069} {
		tr.row("v")[i] = v
	}
	tr.steps(4000)
	for i, h := range tr.row(substepName) {
		if !(h > 1e-5) {
			t.Errorf("neuron %d: substeps of %g s", i, h)
		}
	}
}

// Steps of any length come to the same where the method is exact, with units of
// any magnitude, time constants that meet, and a matrix that turns.
func TestExactIsExact(t *testing.T) {
	source := Source{
		Method: "exact", Text: `
		dv/dt = (-v + R*I)/tau + i1/C : volt
		di1/dt = -i1/tau + i2 : amp
		di2/dt = -i2/tau : amp/second
		dp/dt = w*q : 1
		dq/dt = -w*p : 1`,
		Given: []Given{{Name: "tau", Value: 0.01}, {Name: "R", Value: 1e8}, {Name: "C", Value: 1e-10}, {Name: "w", Value: 300}},
	}
	const end = 0.02
	for _, steps := range []int{1, 7, 100} {
		tr := newTrial(t, source, end/float64(steps), kernel.Best(), 2)
		tr.block.Input[1] = 2e-10
		tr.row("i2")[1], tr.row("p")[1] = 3e-8, 1
		tr.steps(steps)
		decay := math.Exp(-2)
		v := 0.02*(1-decay) + 3e-8/1e-10*end*end/2*decay
		for _, c := range []struct {
			name string
			want float64
		}{{"v", v}, {"i1", 3e-8 * end * decay}, {"i2", 3e-8 * decay}, {"p", math.Cos(300 * end)}, {"q", -math.Sin(300 * end)}} {
			if got := tr.row(c.name)[1]; math.Abs(got-c.want) > 2e-14*math.Abs(c.want) {
				t.Errorf("%d steps: %s is %.17g, want %.17g", steps, c.name, got, c.want)
			}
		}
	}
}

// brownian gives the value of the noise's integral that a trial has used.
func (tr *trial) brownian(dt float64, neuron, steps int) (w float64) {
	for step := 1; step <= steps; step++ {
		u := stream.Uint64(uint64(neuron), uint64(step*tr.run.code.draws))
		w += math.Sqrt(dt) * elementary.NormalQuantile((float64(u>>12)+0.5)*0x1p-52)
	}
	return w
}

// Geometric Brownian motion, whose solution is known for each path: e^(mt + sW)
// in the sense of Stratonovich, e^((m - s²/2)t + sW) in that of Itô.
func TestStochasticOrders(t *testing.T) {
	for _, c := range []struct {
		method       string
		ito          float64 // of the s²/2
		strong, weak float64
	}{{"euler", 1, 0.5, 1}, {"heun", 0, 1, 1}, {"milstein", 0, 1, 1}} {
		// Without a drift the strong error is that of the noise; with a large one
		// the weak error stands out from chance.
		h, strong, _ := motion(t, c.method, 0, 1, c.ito)
		if got := slope(h, strong); math.Abs(got-c.strong) > 0.1*c.strong {
			t.Errorf("%s: strong order %.3g, want %g", c.method, got, c.strong)
		}
		h, _, weak := motion(t, c.method, 1, 0.5, c.ito)
		if got := slope(h, weak); math.Abs(got-c.weak) > 0.1*c.weak {
			t.Errorf("%s: weak order %.3g, want %g", c.method, got, c.weak)
		}
	}
}

// motion gives the mean distance from the solution, and that of the means, for
// some lengths of step.
func motion(t *testing.T, method string, m, s, ito float64) (h, strong, weak []float64) {
	const paths = 8000
	source := Source{
		Text: "dx/dt = m*x/second + s*x*xi*second**-0.5 : 1", Method: method,
		Given: []Given{{Name: "m", Value: m}, {Name: "s", Value: s}},
	}
	for steps := 16; steps <= 128; steps *= 2 {
		dt := 1 / float64(steps)
		tr := newTrial(t, source, dt, kernel.Best(), paths)
		for i := range paths {
			tr.row("x")[i] = 1
		}
		tr.steps(steps)
		e, bias := 0.0, 0.0
		for i, x := range tr.row("x") {
			d := x - math.Exp(m-ito*s*s/2+s*tr.brownian(dt, i, steps))
			e, bias = e+math.Abs(d)/paths, bias+d/paths
		}
		h, strong, weak = append(h, dt), append(strong, e), append(weak, math.Abs(bias))
	}
	return h, strong, weak
}

// Independent noise terms have the variances that they should, and no more to
// do with each other than chance brings.
func TestNoiseTermsAreIndependent(t *testing.T) {
	const n, steps, dt = 20_000, 10, 0.05
	tr := newTrial(t, Source{Text: `
		dx/dt = 2*xi_a*second**-0.5 : 1
		dy/dt = (3*xi_b + xi_a)*second**-0.5 : 1`}, dt, kernel.Best(), n)
	tr.steps(steps)
	var xx, yy, xy float64
	for i := range n {
		x, y := tr.row("x")[i], tr.row("y")[i]
		xx, yy, xy = xx+x*x/n, yy+y*y/n, xy+x*y/n
	}
	for _, c := range []struct{ got, want float64 }{{xx, 4 * steps * dt}, {yy, 10 * steps * dt}, {xy, 2 * steps * dt}} {
		if math.Abs(c.got-c.want) > 0.1*c.want {
			t.Errorf("covariances %g, %g, %g; want 2, 5, 1", xx, yy, xy)
			break
		}
	}
}

func TestMethodIsChosen(t *testing.T) {
	for text, want := range map[string]string{
		"dv/dt = -v/(10*ms) + I : 1":                                 "exact",
		"dv/dt = -v/(10*ms) : 1\ntau : second (constant)":            "exact",
		"tau : second\ndv/dt = -v/tau : 1":                           "exponential_euler",
		"dv/dt = -v*g/ms : 1\ndg/dt = -g/ms : 1":                     "exponential_euler",
		"dv/dt = -v/ms + sin(t/ms)/ms : 1":                           "exponential_euler",
		"dv/dt = v*v/ms : 1":                                         "rk4",
		"dv/dt = -v/ms + xi*ms**-0.5 : 1":                            "euler",
		"dv/dt = -v/ms + v*xi*ms**-0.5 : 1":                          "heun",
		"a = 2 : 1\nb = a*v : 1\ndv/dt = -(v + b)/(10*ms) : 1":       "exact",
		"dv/dt = (-v + clip(I, 0, 1))/(10*ms) : 1\nx = exp(v/2) : 1": "exact",
	} {
		m, problems := New(Source{Text: text})
		if len(problems) > 0 || m.Method != want {
			t.Errorf("%q: %v, %+v; want %s", text, problems, m, want)
		}
	}
}

// everything is a model with all kinds of operations, draws and refractory
// neurons.
var everything = Source{
	Text: `
		dv/dt = (0.9 - v + g*(1.5 - v) - u)/(10*ms) + 0.3*xi/sqrt(10*ms) : 1 (unless refractory)
		du/dt = (clip(v, 0, 0.8)**2 - u)/(20*ms) + 0.1*xi_u/sqrt(5*ms) : 1
		dg/dt = -g/(2*ms) : 1
		shift = where(sin(i) > 0, 0.01, abs(sin(v))) : 1
		count : 1`,
	Threshold: "v > 0.8 + shift or rand() < 0.001", Reset: "v = 0.1*randn(); u += 0.05; count += 1; g /= 2",
	Refractory: "2*ms + 1*ms*(u > 0.1)", Receptors: []Receptor{{"a", "g += w; v += 0.1*w"}},
}

// The bits do not depend on the level, nor on how neurons are divided.
func TestEveryLevelAndDivision(t *testing.T) {
	const n, steps, dt = 700, 300, 1e-4
	run := func(level kernel.Level, parts ...int) string {
		tr := newTrial(t, everything, dt, level, n)
		arrived := make([]float64, n)
		whole, first, all := tr.block, 0, ""
		whole.Arrived = [][]float64{arrived}
		for step := range steps {
			for i := range arrived {
				arrived[i] = max(0, stream.Float64(uint64(i), uint64(step))-0.95)
			}
			first = 0
			for _, part := range append(parts, n) {
				end := min(first+part, n)
				b := Block{Step: int64(step + 1), First: first, Input: whole.Input[first:end], Arrived: [][]float64{arrived[first:end]}}
				for _, row := range whole.State {
					b.State = append(b.State, row[first:end])
				}
				for _, i := range tr.run.Step(&b, nil) {
					all += fmt.Sprint(" ", int(i)+first)
				}
				first = end
			}
		}
		for _, row := range whole.State {
			for _, x := range row {
				all += fmt.Sprintf(" %x", math.Float64bits(x))
			}
		}
		return all
	}
	want := run(kernel.Portable)
	for _, level := range kernel.Levels() {
		for _, parts := range [][]int{nil, {1, 63, 64, 65}, {512}, {5, 100, 300}} {
			if run(level, parts...) != want {
				t.Errorf("%v, divided at %v: other results", level, parts)
			}
		}
	}
}

// Expressions have the values that they have elsewhere.
func TestExpressions(t *testing.T) {
	for text, want := range map[string]float64{
		"2 + 3*4 - 6/4": 12.5, "-2**2": -4, "2**3**2": 512, "2**-1": 0.5, "(1 + 2)*3": 9, "7 % 3": 1, "-7 % 3": 2, "7.5 % -2": -0.5,
		"v**1.5": 27, "v**-0.5": 1. / 3, "v**0.5": 3, "v**2.5 / v**2": 3, "v**-3 * v**3": 1, "v**0": 1, "v**20 / v**19": 9, "pow(v, 1.25)**4": 59049,
		"1 < 2 and 2 < 1": 0, "1 < 2 or 2 < 1": 1, "not 0": 1, "not v": 0, "3 >= 3": 1, "3 != 3": 0, "v == 9": 1, "v and 2": 1,
		"min(v, 2)": 2, "max(v, 2)": 9, "clip(v, 0, 5)": 5, "abs(-v)": 9, "sign(-v)": -1, "floor(v/2)": 4, "ceil(v/2)": 5, "int(-v/2)": -4,
		"where(v > 3, 1, 2)": 1, "where(v < 3, 1, 2)": 2, "int(v > 3) + 1": 2, "heaviside(v - 9)": 0, "exprel(v - 9)": 1,
		"sqrt(v)": 3, "log10(v*v + 19)": 2, "exp(log(v))": 9, "expm1(0*v)": 0, "log1p(v - 9)": 0, "10*ms/second": 0.01, "1*mV/uV": 1000,
		"sin(v)**2 + cos(v)**2": 1, "tan(v)*cos(v)/sin(v)": 1, "cosh(v)**2 - sinh(v)**2": 1, "tanh(v)*cosh(v)/sinh(v)": 1,
		"arctan(tan(v/9))": 1, "arcsin(sin(v/9))": 1, "arccos(cos(v/9))": 1, "2e0 + .5": 2.5, "(v\n+ 1)": 10, "e/e*pi/pi": 1,
		"1*cm2/(um*um)": 1e8, "1*nS*Mohm": 1e-3, "i*0 + 3": 3, "True + False": 1,
	} {
		tr := newTrial(t, Source{Text: "v : 1\ny : 1\nx = " + text + " : 1", Threshold: "True", Reset: "y = x"}, 1e-4, kernel.Best(), 9)
		for i := range 9 {
			tr.row("v")[i] = 9
		}
		tr.steps(1)
		if got := tr.row("y")[8]; math.Abs(got-want) > 2e-9*math.Abs(want) {
			t.Errorf("%s is %.12g, want %g", text, got, want)
		}
	}
}
