package sim_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/learn"
	"soma/signal"
	"soma/sim"
)

// ownRule is a rule whose two functions are given.
type ownRule struct {
	start func() (func(learn.Now), error)
}

func (ownRule) Spec() learn.Spec { return learn.Spec{Name: "own"} }

func (r ownRule) Start(learn.Setting) (func(learn.Now), error) { return r.start() }

// nothing is a rule that says nothing of how weights change.
type nothing struct{}

func (nothing) Spec() learn.Spec { return learn.Spec{Name: "nothing"} }

// What goes wrong in a rule of one's own is an error with its place.
func TestFaultsOfRules(t *testing.T) {
	step := func(f func(learn.Now)) learn.Rule {
		return ownRule{func() (func(learn.Now), error) { return f, nil }}
	}
	for want, rule := range map[string]learn.Rule{
		"u->to.learning: nothing (sim_test.nothing) does not say how weights change; implement learn.Custom": nothing{},
		"u->to.learning: a rate of 3; mend the rule":                                                         ownRule{func() (func(learn.Now), error) { return nil, errors.New("a rate of 3") }},
		"u->to.learning: the rule own starts nothing":                                                        ownRule{func() (func(learn.Now), error) { return nil, nil }},
		"u->to.learning: at t = 0.001 s: value 1 is NaN":                                                     step(func(now learn.Now) { now.Change[1] = math.NaN() }),
		"u->to.learning: at t = 0.001 s: runtime error: index out of range [5] with length 2":                step(func(now learn.Now) { now.Change[len(now.Change)+3] = 1 }),
	} {
		net := soma.New("own", 1)
		conn := net.Connect(net.Node("u", signal.Constant{1, 2}), net.Passthrough("to", 1))
		conn.Transform = connect.Dense{{1, 2}}
		conn.Learning = []learn.Rule{rule}
		s, err := sim.New(net, sim.Options{})
		if err == nil {
			err = s.Run(context.Background(), 0.01)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// An error of the wrong sign makes weights grow without bounds, which is said.
func TestDivergingWeightsAreSaid(t *testing.T) {
	net := soma.New("diverging", 1)
	pre := net.Ensemble("pre", 20, 1)
	out := net.Passthrough("out", 1)
	conn := net.Connect(pre, out)
	conn.Learning = []learn.Rule{learn.PES{LearningRate: 10}}
	wrong := net.Connect(out, conn.LearningInput(0))
	wrong.Transform = connect.Scale(-1)
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Run(context.Background(), 5)
	want := "pre->out.learning_rate: at t = "
	if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "the weights diverge: the change of row 0 is") {
		t.Errorf("error %v, want %s", err, want)
	}
}
