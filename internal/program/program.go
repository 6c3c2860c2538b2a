// Package program is what a network compiles to: signals and operators, and the
// order in which operators run.
//
// In one step, for each signal: at most one operator sets it, any number then
// increment it, then it is read, and at most one update changes it last, to be
// seen in the next step. That is the whole meaning of time in soma; every
// operator states its line of it.
//
// [Interpreter] executes a program in the plainest way there is and is the
// oracle for package engine, which executes the same program fast.
package program

import (
	"soma/connect"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// Signal is a vector of state, by its number in Program.Signals.
type Signal int

// SignalInfo describes a signal.
type SignalInfo struct {
	Name string
	Init []float64 // value before the first step; its length is the signal's size
	// Spikes marks the output of spiking neurons: amplitude/dt times the number of
	// spikes in the step, so nearly always 0.
	Spikes bool
}

// View is Count values of a signal, every Step-th from Start.
type View struct {
	Signal             Signal
	Start, Step, Count int
}

// Contiguous says whether the values lie side by side.
func (v View) Contiguous() bool { return v.Step == 1 || v.Count <= 1 }

// Program is a compiled network.
type Program struct {
	Dt        float64
	Signals   []SignalInfo
	Operators []Operator // in no particular order
}

// Add adds a signal of the given initial value.
func (p *Program) Add(name string, init []float64) View {
	p.Signals = append(p.Signals, SignalInfo{Name: name, Init: init})
	return View{Signal: Signal(len(p.Signals) - 1), Step: 1, Count: len(init)}
}

// Operate adds an operator.
func (p *Program) Operate(op Operator) { p.Operators = append(p.Operators, op) }

// Access is how an operator uses a signal within a step.
type Access int

// The accesses, in the order in which they happen to a signal.
const (
	Sets Access = iota
	Increments
	Reads
	Updates
)

// Use is one access to one signal.
type Use struct {
	Access Access
	Signal Signal
}

// An Operator is one thing that happens in every step.
type Operator interface {
	// Object is the path of what it was compiled from, for messages.
	Object() string
	// Uses lists the signals it touches.
	Uses() []Use
}

// Label is the path of the object that an operator was compiled from.
type Label string

// Object implements Operator.
func (l Label) Object() string { return string(l) }

// Reset sets a signal to its values: the start of a sum.
type Reset struct {
	Label
	To     View
	Values []float64
}

// Uses implements Operator: sets To.
func (o *Reset) Uses() []Use { return []Use{{Sets, o.To.Signal}} }

// Source plays a node without an input.
type Source struct {
	Label
	To     View
	Signal signal.Signal
	Env    signal.Env
}

// Uses implements Operator: sets To.
func (o *Source) Uses() []Use { return []Use{{Sets, o.To.Signal}} }

// Function computes To from time and From.
type Function struct {
	Label
	From, To View
	F        func(t float64, x, y []float64)
}

// Uses implements Operator: reads From, sets To.
func (o *Function) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Sets, o.To.Signal}} }

// Product adds weights times From to To. Exactly one of Scale and Weights is
// used; Weights, if given, is To.Count × From.Count.
//
// The order of summation is part of the meaning: see Interpreter.
type Product struct {
	Label
	From, To View
	Scale    float64
	Weights  *connect.Matrix
}

// Uses implements Operator: reads From, increments To.
func (o *Product) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Increments, o.To.Signal}} }

// Neurons advances a population.
type Neurons struct {
	Label
	Model  neuron.Model
	N      int
	Input  View
	States []View // in the order of the model's state variables
	Output View
	Env    neuron.Env
}

// Uses implements Operator: reads Input, sets Output and the states.
func (o *Neurons) Uses() []Use {
	uses := []Use{{Reads, o.Input.Signal}, {Sets, o.Output.Signal}}
	for _, s := range o.States {
		uses = append(uses, Use{Sets, s.Signal})
	}
	return uses
}

// Filter passes From through a synapse into To, to be seen in the next step.
type Filter struct {
	Label
	From, To View
	System   synapse.System
}

// Uses implements Operator: reads From, updates To.
func (o *Filter) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Updates, o.To.Signal}} }

// Record keeps From after every Every-th step.
type Record struct {
	Label
	From  View
	Every int
	// Spikes records which neurons fired and when, instead of values; From is then
	// the Output of Neurons.
	Spikes bool
}

// Uses implements Operator: reads From.
func (o *Record) Uses() []Use { return []Use{{Reads, o.From.Signal}} }
