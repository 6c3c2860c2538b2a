// A learning rule of one's own: the delta rule of B. Widrow and M. E. Hoff (1960)
// with weights that decay,
//
//	dW/dt = −κ e aᵀ − W/τ,
//
// where a is the filtered activity of the neurons at the start of a connection and
// e an error that is connected to the rule. A rule is a plain struct with two
// methods; it runs beside the built-in ones.
package main

import (
	"context"
	"fmt"
	"log"
	"math"

	"soma"
	"soma/learn"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// Delta is the delta rule with decay.
type Delta struct {
	Rate   float64 // κ, 1/s per Hz
	Filter float64 // time constant of the activity, s
	Forget float64 // τ, s
}

// Spec implements learn.Rule.
func (Delta) Spec() learn.Spec { return learn.Spec{Name: "delta", Input: learn.ErrorOfTarget} }

// Start implements learn.Custom.
func (d Delta) Start(env learn.Setting) (func(learn.Now), error) {
	if !(d.Filter > 0 && d.Forget > 0) {
		return nil, fmt.Errorf("time constants of %g and %g s; give positive ones", d.Filter, d.Forget)
	}
	activity := make([]float64, env.Cols)
	return func(now learn.Now) {
		for j, a := range now.Sources {
			activity[j] += float64(env.Dt / d.Filter * (a - activity[j]))
		}
		for i, e := range now.Input {
			for j, a := range activity {
				k := i*env.Cols + j
				now.Change[k] = float64(-d.Rate*env.Dt*e*a) - float64(env.Dt/d.Forget*now.Weights[k])
			}
		}
	}, nil
}

func main() {
	net := soma.New("The delta rule", 1)
	u := net.Node("u", signal.Func(func(t float64) float64 { return math.Sin(6 * t) }))
	pre := net.Ensemble("pre", 100, 1)
	net.Connect(u, pre)

	out := net.Passthrough("out", 1)
	conn := net.Connect(pre, out)
	conn.Function = func([]float64) []float64 { return []float64{0} } // it knows nothing yet
	conn.Learning = []learn.Rule{Delta{Rate: 1e-5, Filter: 0.005, Forget: 100}}

	e := net.Function("error", 2, 1, func(_ float64, x, y []float64) { y[0] = x[0] - x[1]*x[1] })
	net.Connect(out, e.At(0))
	net.Connect(u, e.At(1))
	net.Connect(e, conn.LearningInput(0))
	remaining := net.Probe("error", e)
	remaining.Synapse = synapse.Lowpass{Tau: 0.01}

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Run(context.Background(), 20); err != nil {
		log.Fatal(err)
	}
	values := s.Data(remaining).Values
	for _, second := range []int{1, 20} {
		sum := 0.0
		for _, x := range values[1000*(second-1) : 1000*second] {
			sum += x * x
		}
		fmt.Printf("error of u² in second %2d: %.3f\n", second, math.Sqrt(sum/1000))
	}
}
