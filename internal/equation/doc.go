// Package equation turns the equations of a neuron, written as text, into
// something that steps neurons.
//
// The way from text to numbers:
//
//	text ──parse──▶ Expr ──infer──▶ dimensions checked
//	                  └───lower──▶ Graph: every value once, constants folded
//	Graph ──choose, solve──▶ one step of every variable (exact, euler, …)
//	      ──compile──▶ Program: instructions on rows of neurons
//
// [New] does the first line and reports every mistake as a [Problem] with its
// line and column; [Model.Compile] does the rest for a length of step, and
// [Machine] runs it. Nothing here knows networks: package neuron wraps it up as
// a neuron model.
//
// The language is that of Brian 2's equations, where it has a word for
// something; docs/equations.md describes it.
package equation
