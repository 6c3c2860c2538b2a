package script

import (
	"fmt"
	"reflect"

	"go.starlark.net/starlark"

	"soma/connect"
)

var placements = []model{
	{"grid", connect.Grid{}, 1, "positions: neurons at the middles of equal cells that fill a box; the last dimension runs fastest"},
	{"scatter", connect.Scatter{}, 1, "positions: neurons anywhere in a box, each place as likely as any other"},
	{"points", connect.Points{}, 1, "positions, one by one"},
}

var spatialRules = []model{
	{"spatial", connect.Spatial{}, 1, "a synapse for every pair of neurons with a probability that depends on their distance"},
	{"spatial_indegree", connect.SpatialIndegree{}, 2, "k synapses onto every target, from sources drawn by their distance; values as a matrix with a row for each target"},
}

var profiles = []model{
	{"box", connect.Box{}, 2, "of the distance d: `peak` within the radius, 0 outside"},
	{"gaussian", connect.Gaussian{}, 2, "of the distance d: `peak*exp(-d*d/(2*sigma*sigma))`"},
	{"exponential", connect.Exponential{}, 2, "of the distance d: `peak*exp(-d/tau)`"},
	{"linear", connect.Linear{}, 2, "of the distance d: `base + slope*d`; of a delay, the slope is 1 over a velocity"},
}

var profileType = reflect.TypeFor[connect.Profile]()

// profile reads a function of the distance; nil when the argument is none.
func (c *call) profile(name string) connect.Profile {
	switch v := c.value(name).(type) {
	case *structValue:
		p, _ := v.interfaceOf().(connect.Profile)
		return p
	case *starlark.Function:
		return c.distanceFunction(name, v)
	}
	return nil
}

// distanceFunction prepares a function of the distance.
func (c *call) distanceFunction(name string, f *starlark.Function) connect.Profile {
	r := &routine{fn: f, pos: c.argumentPos(name), field: name, time: true, distance: true, call: c}
	r.object = func() string {
		if c.owner != nil {
			return c.owner.Path()
		}
		return c.subject
	}
	if problem, remedy := r.badParameters(); problem != "" {
		c.report(name, problem, remedy)
		return connect.Linear{}
	}
	usable := false
	r.ready = func(ok bool) {
		if usable = ok && r.size == 1; ok && !usable {
			c.report(name, fmt.Sprintf("the function gives %d values", r.size), "give one number")
		}
	}
	c.s.routines = append(c.s.routines, r)
	return connect.Function(func(d float64) float64 {
		var y [1]float64
		if !usable {
			return 0 // it is reported
		}
		caller := r.borrow()
		if err := caller.evaluate(d, nil, y[:]); err != nil {
			panic(err)
		}
		r.giveBack(caller)
		return y[0]
	})
}

// kernel sets a parameter that is a function of the distance.
func (c *call) kernel(target reflect.Value, goName, name string) {
	if c.skipSpoilt(name) {
		return
	}
	p := c.profile(name)
	if p == nil {
		c.report(name, describe(c.value(name))+" is no function of the distance", "give one, such as connect.gaussian(peak, sigma), or lambda d: …")
		return
	}
	target.Elem().FieldByName(goName).Set(reflect.ValueOf(p))
}

// toWholes accepts a list of whole numbers.
func toWholes(v starlark.Value) ([]int, string) {
	list, problem := toFloats(v)
	wholes := make([]int, len(list))
	for i, x := range list {
		if wholes[i] = int(x); float64(wholes[i]) != x && problem == "" {
			problem = fmt.Sprintf("value %d is %g, no whole number", i, x)
		}
	}
	return wholes, problem
}

// places reads where the neurons of a population are.
func (c *call) places(into *connect.Positions) {
	if !c.given("positions") || c.skipSpoilt("positions") {
		return
	}
	if v, ok := c.value("positions").(*structValue); ok {
		if p, ok := v.interfaceOf().(connect.Positions); ok {
			*into = p
			return
		}
	}
	_, number := numeric(c.value("positions"))
	if rows, problem := toRows(c.value("positions")); problem == "" && !number {
		*into = connect.Points{Coordinates: rows}
		return
	}
	c.report("positions", describe(c.value("positions"))+" are no positions", "give connect.grid, connect.scatter or connect.points, or a row of coordinates for each neuron")
}
