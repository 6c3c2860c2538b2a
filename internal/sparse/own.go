package sparse

import "math"

// constants are what a neuron of one of the package's models takes in a step.
type constants struct {
	decay, drive     float64 // of V, and of V by the constant current
	ex, exDecay      float64 // current onto V, and its decay
	in, inDecay      float64
	vTh, reset       float64 // relative to rest
	exAlpha, inAlpha alphaConstants
	refractory       uint64 // steps
}

// numbers is how many of the constants are floats; they come first.
const numbers = 12

func (c *constants) list() [numbers]float64 {
	return [...]float64{
		c.decay, c.drive, c.ex, c.exDecay, c.in, c.inDecay, c.vTh, c.reset,
		c.exAlpha.slope, c.exAlpha.rise, c.inAlpha.slope, c.inAlpha.rise,
	}
}

// bytesPerOwn is what a neuron with constants of its own takes at most.
const bytesPerOwn = 8*numbers + 2

// columns are the constants of neurons as the assembly reads them. What is the same
// for all neurons is there once, for a group, and stays in the first cache.
type columns struct {
	numbers    [numbers][]float64
	same       [numbers]bool
	refractory []uint16
}

// newColumns returns nil for no constants.
func newColumns(own []constants) *columns {
	if own == nil {
		return nil
	}
	c := &columns{same: alike(own)}
	for i := range own {
		c.refractory = append(c.refractory, uint16(own[i].refractory))
	}
	for k := range c.numbers {
		n := len(own)
		if c.same[k] {
			n = group
		}
		c.numbers[k] = make([]float64, n+k*columnSkew)[k*columnSkew:]
		for i := range n {
			c.numbers[k][i] = own[min(i, len(own)-1)].list()[k]
		}
	}
	return c
}

// columnSkew keeps columns apart in the first cache: large slices all begin at the
// same place of a page.
const columnSkew = 3 * 8

// alike says which constants are the same for all.
func alike(own []constants) (same [numbers]bool) {
	first := own[0].list()
	for k := range same {
		same[k] = true
	}
	for i := range own {
		for k, x := range own[i].list() {
			same[k] = same[k] && math.Float64bits(x) == math.Float64bits(first[k])
		}
	}
	return same
}

// at points the arguments to the constants of the neurons from i on.
func (c *columns) at(a *stepArgs, i int) {
	a.refractoryOf = &c.refractory[i]
	for k, column := range c.numbers {
		if c.same[k] {
			a.own[k], a.ownMask[k] = &column[0], 0
		} else {
			a.own[k], a.ownMask[k] = &column[i], ^uint64(0)
		}
	}
}

// own gives the neurons of a share their constants, padded to whole groups; nil
// where all neurons are alike.
func (p Population) own(s share, dt float64) (list []constants) {
	if p.Each == nil {
		return nil
	}
	for i := range s.padded() {
		list = append(list, p.Each[min(s.first+i, p.N-1)].(advanced).constants(dt))
	}
	return list
}

// rest is the resting potential of a neuron.
func (p Population) rest(neuron int) float64 { return p.model(neuron).rest() }

// model is the model of a neuron.
func (p Population) model(neuron int) Model {
	if p.Each == nil {
		return p.Model
	}
	return p.Each[neuron]
}
