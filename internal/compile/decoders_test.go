package compile

import (
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"testing"

	"soma"
	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/solve"
)

// functions is ensembles that several functions are decoded from; those of the
// given numbers only.
func functions(which ...int) *soma.Network {
	net := soma.New("functions", 5)
	for i := range 6 {
		e := net.Ensemble(fmt.Sprint("e", i), 20+5*i, 1+i%3)
		out := net.Passthrough(fmt.Sprint("out", i), 1)
		net.Probe(fmt.Sprint("p", i), out)
		for k, f := range []func(x []float64) []float64{
			nil,
			func(x []float64) []float64 { return []float64{float64(x[0] * x[0])} },
			func(x []float64) []float64 { return []float64{max(x[0], 0)} },
			func(x []float64) []float64 { return []float64{-x[0]} },
		} {
			c := net.Connect(e.At(0), out)
			c.Name, c.Function = fmt.Sprintf("c%d.%d", i, k), f
			if k == 2 {
				c.Solver = solve.LstsqL2{Reg: 0.05}
			}
			if k == 3 {
				c.EvalPoints = dist.ScatteredHypersphere{Surface: true}
			}
			if !slices.Contains(which, k) {
				net.Connections = net.Connections[:len(net.Connections)-1]
			}
		}
	}
	return net
}

// products gives the bits of the weights of every connection.
func products(t *testing.T, net *soma.Network, threads int) map[string][]uint64 {
	t.Helper()
	built, err := Network(net, Options{Dt: 0.001, Level: kernel.Best(), Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	bits := map[string][]uint64{}
	for _, op := range built.Program.Operators {
		if p, ok := op.(*program.Product); ok && p.Weights != nil {
			for _, w := range p.Weights.Data {
				bits[p.Object()] = append(bits[p.Object()], math.Float64bits(w))
			}
		}
	}
	return bits
}

// Ensembles that equal each other in everything are solved once.
func TestEqualEnsemblesAreSolvedOnce(t *testing.T) {
	net := soma.New("twins", 1)
	solver := &counting{}
	for i := range 6 {
		e := net.Ensemble(fmt.Sprint("e", i), 3, 1)
		e.Encoders = dist.Values(1, -1, 1)
		e.Intercepts, e.MaxRates = dist.Constant{Value: -0.5}, dist.Constant{Value: 100 + float64(i/5)}
		if e.EvalPoints = dist.Values(-1, -0.5, 0, 0.5, 1); i == 4 {
			e.EvalPoints = dist.ScatteredHypersphere{}
		}
		out := net.Passthrough(fmt.Sprint("out", i), 1)
		c := net.Connect(e, out)
		c.Name, c.Solver = fmt.Sprint("c", i), solver
		if i == 3 {
			c.Function = func(x []float64) []float64 { return []float64{float64(2 * x[0])} }
		}
		net.Probe(fmt.Sprint("p", i), out)
	}
	bits := products(t, net, 2)
	// The function, the drawn points and the other rate have systems of their own.
	if solver.calls.Load() != 4 {
		t.Errorf("%d systems were solved, want 4", solver.calls.Load())
	}
	for i := range 6 {
		if equal := slices.Equal(bits[fmt.Sprint("c", i)], bits["c0"]); equal != (i < 3) {
			t.Errorf("ensemble %d: the same weights as the first %v", i, equal)
		}
	}
}

// counting counts what it solves.
type counting struct {
	solve.LstsqL2
	calls atomic.Int64
}

func (c *counting) Solve(p solve.Problem) ([]float64, error) {
	c.calls.Add(1)
	return c.LstsqL2.Solve(p)
}

// Decoders do not depend on what else is solved with them or beside them.
func TestDecodersAreSolvedEachByItself(t *testing.T) {
	all := products(t, functions(0, 1, 2, 3), 1)
	if len(all) < 24 {
		t.Fatalf("only %d products", len(all))
	}
	for what, some := range map[string]map[string][]uint64{
		"on three threads": products(t, functions(0, 1, 2, 3), 3),
		"alone":            products(t, functions(1), 1),
		"without the rest": products(t, functions(0, 2), 2),
	} {
		for name, weights := range some {
			if !slices.Equal(weights, all[name]) {
				t.Errorf("%s: the weights of %s differ", what, name)
			}
		}
	}
}
