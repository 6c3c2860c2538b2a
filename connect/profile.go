package connect

import (
	"fmt"
	"math"

	"soma/internal/elementary"
)

// A Profile is a function of the distance between two neurons. It can be the
// probability of a synapse, see [Spatial], and by [ByDistance] its weight or
// delay.
type Profile interface {
	// Over prepares the profile for distances from 0 to longest.
	Over(longest float64) (Curve, error)
}

// A Curve is a profile prepared for a range of distances.
type Curve struct {
	At        func(distance float64) float64
	Low, High float64 // bounds of its values
	// Beyond is an upper bound of the values from a distance on, falling. nil: At
	// falls itself.
	Beyond func(distance float64) float64
	// Reach is the distance beyond which it is 0, or as good as: below 2⁻⁶⁰ of
	// its peak. 0: none.
	Reach float64
}

// tolerance widens radii, relative to their length, so that neurons of a grid at
// exactly the radius belong to it despite rounding.
const tolerance = 1e-9

// Box is one value within a radius, the border included, and 0 outside.
type Box struct {
	Peak   float64 `param:"peak" doc:"value within the radius"`
	Radius float64 `param:"radius" check:">0" doc:"in the unit of the positions"`
}

// Over implements Profile.
func (b Box) Over(float64) (Curve, error) {
	reach := b.Radius * (1 + tolerance)
	return Curve{
		At: func(d float64) float64 {
			if d <= reach {
				return b.Peak
			}
			return 0
		},
		Low: min(b.Peak, 0), High: max(b.Peak, 0), Reach: reach,
	}, checkProfile(b.Peak, "radius", b.Radius)
}

// Gaussian is Peak·exp(−d²/(2 Sigma²)).
type Gaussian struct {
	Peak  float64 `param:"peak" doc:"value at distance 0"`
	Sigma float64 `param:"sigma" check:">0" doc:"standard deviation, in the unit of the positions"`
}

// Over implements Profile.
func (g Gaussian) Over(longest float64) (Curve, error) {
	at := func(d float64) float64 {
		x := d / g.Sigma
		return float64(g.Peak * elementary.Exp(-0.5*float64(x*x)))
	}
	const faint = 9.13 // √(2·60·ln 2)
	return falling(at, longest, faint*g.Sigma), checkProfile(g.Peak, "standard deviation", g.Sigma)
}

// Exponential is Peak·exp(−d/Tau).
type Exponential struct {
	Peak float64 `param:"peak" doc:"value at distance 0"`
	Tau  float64 `param:"tau" check:">0" doc:"length over which it falls to 1/e, in the unit of the positions"`
}

// Over implements Profile.
func (e Exponential) Over(longest float64) (Curve, error) {
	at := func(d float64) float64 { return float64(e.Peak * elementary.Exp(-d/e.Tau)) }
	const faint = 41.6 // 60·ln 2
	return falling(at, longest, faint*e.Tau), checkProfile(e.Peak, "length", e.Tau)
}

// falling is a curve whose magnitude falls.
func falling(at func(float64) float64, longest, reach float64) Curve {
	a, b := at(0), at(longest)
	return Curve{At: at, Low: min(a, b), High: max(a, b), Reach: reach}
}

// Linear is Base + Slope·d. As a delay, the slope is one over the velocity of
// conduction.
type Linear struct {
	Base  float64 `param:"base" doc:"value at distance 0"`
	Slope float64 `param:"slope" doc:"change per length"`
}

// Over implements Profile.
func (l Linear) Over(longest float64) (Curve, error) {
	at := func(d float64) float64 { return l.Base + float64(l.Slope*d) }
	c := falling(at, longest, 0)
	if l.Slope > 0 {
		c.Beyond = func(float64) float64 { return c.High }
	}
	if err := finite("base", l.Base); err != nil {
		return c, err
	}
	return c, finite("slope", l.Slope)
}

// Function is any function of the distance. It is called at 4097 distances, 0 to
// the longest that occurs, and interpolated linearly between them.
type Function func(distance float64) float64

// samples is the number of parts between the distances of a Function.
const samples = 4096

// Over implements Profile.
func (f Function) Over(longest float64) (Curve, error) {
	if f == nil {
		return Curve{}, fmt.Errorf("no function; give one of the distance")
	}
	width := longest / samples
	var table, beyond [samples + 2]float64 // the last once more, for the longest itself
	for i := range table {
		var err error
		if table[i], err = f.at(float64(float64(min(i, samples)) * width)); err != nil {
			return Curve{}, fmt.Errorf("%w; make it finite from 0 to %g", err, longest)
		}
	}
	c := Curve{Low: table[0], High: table[0]}
	most := math.Inf(-1)
	for i := len(table) - 1; i >= 0; i-- {
		most = max(most, table[i])
		beyond[i] = most
		c.Low, c.High = min(c.Low, table[i]), most
	}
	c.At = func(d float64) float64 {
		i, t := place(d, width)
		return table[i] + float64(t*(table[i+1]-table[i]))
	}
	c.Beyond = func(d float64) float64 {
		i, _ := place(d, width)
		return beyond[i]
	}
	return c, nil
}

// at calls the function; it may panic.
func (f Function) at(d float64) (y float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the function fails for a distance of %g: %v", d, r)
		}
	}()
	if y = f(d); math.IsNaN(y) || math.IsInf(y, 0) {
		err = fmt.Errorf("the function gives %g for a distance of %g", y, d)
	}
	return y, err
}

// place finds a distance among those of a table: its entry, and how far it is
// to the next.
func place(d, width float64) (int, float64) {
	if !(width > 0) {
		return 0, 0
	}
	x := d / width
	i := min(int(x), samples)
	return i, min(x-float64(i), 1)
}

func checkProfile(peak float64, what string, length float64) error {
	if !(length > 0) || math.IsInf(length, 0) {
		return fmt.Errorf("the %s is %g; give a length above 0", what, length)
	}
	return finite("peak", peak)
}
