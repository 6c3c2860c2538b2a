package soma

import (
	"fmt"

	"soma/signal"
)

// A Node is a source of values over time, or a function of time and of its
// input. Nodes are computed at the start of each step, with the time at its end.
type Node struct {
	object
	SizeIn, SizeOut int
	// Source plays without an input; nil for a node with an input.
	Source signal.Signal
	// Function writes the output y for the input x at time t; a node with an input
	// and no function passes its input on.
	Function func(t float64, x, y []float64)
}

// Node adds a source of values over time.
func (n *Network) Node(name string, source signal.Signal) *Node {
	node := &Node{object: n.newObject(name), Source: source}
	if source != nil {
		node.SizeOut = source.Size()
	}
	n.Nodes = append(n.Nodes, node)
	return node
}

// Function adds a node that computes y from time (s) and its input x.
func (n *Network) Function(name string, sizeIn, sizeOut int, f func(t float64, x, y []float64)) *Node {
	node := &Node{object: n.newObject(name), SizeIn: sizeIn, SizeOut: sizeOut, Function: f}
	n.Nodes = append(n.Nodes, node)
	return node
}

// Passthrough adds a node that passes its input on: a place where connections
// meet.
func (n *Network) Passthrough(name string, size int) *Node {
	node := &Node{object: n.newObject(name), SizeIn: size, SizeOut: size}
	n.Nodes = append(n.Nodes, node)
	return node
}

// Part gives the values from start up to (not including) stop.
func (n *Node) Part(start, stop int) Slice { return whole(n).Part(start, stop) }

// At gives one value.
func (n *Node) At(index int) Slice { return whole(n).At(index) }

func (n *Node) slice() Slice { return whole(n) }

func (n *Node) check(c *checker) {
	if n.SizeOut < 1 {
		c.report(&n.object, "size_out", fmt.Sprintf("a node of %d values", n.SizeOut), "give it at least one value")
	}
	if n.Source != nil && n.SizeIn != 0 || n.SizeIn < 0 {
		c.report(&n.object, "size_in", fmt.Sprintf("an input of %d values", n.SizeIn), "give it a function of time and input, or no size_in")
	}
	if n.Source != nil {
		c.problems(&n.object, "value", signal.Check(n.Source, c.dt))
	}
}
