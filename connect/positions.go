package connect

import (
	"fmt"

	"soma/internal/rng"
)

// Positions say where the neurons of a population are: on a line, in a plane, in
// space, or in as many dimensions as wanted.
type Positions interface {
	// Place gives n neurons their places, drawing from a stream at the index of
	// the neuron.
	Place(n int, stream rng.Stream) (Places, error)
}

// Places are where neurons are. The zero Places are nowhere.
type Places struct {
	Dimensions  int
	Coordinates []float64 // neuron by neuron, Dimensions each
	// Period is the length after which each dimension begins anew: a line becomes
	// a ring, a rectangle a torus. nil: none does.
	Period []float64
}

// Part gives the places of n neurons from first on.
func (p Places) Part(first, n int) Places {
	p.Coordinates = p.Coordinates[first*p.Dimensions : (first+n)*p.Dimensions]
	return p
}

// at gives the coordinates of a neuron.
func (p Places) at(neuron int) []float64 {
	return p.Coordinates[neuron*p.Dimensions : (neuron+1)*p.Dimensions]
}

// Grid puts neurons at the middles of equal cells that fill a box. The last
// dimension runs fastest.
type Grid struct {
	Extent   []float64 `param:"extent" doc:"length of the box in each dimension; one length is a line"`
	Shape    []int     `param:"shape" doc:"number of neurons in each dimension; may be left out on a line"`
	Center   []float64 `param:"center" doc:"middle of the box; default: the origin"`
	Periodic bool      `param:"periodic" doc:"opposite sides of the box touch: a ring, a torus"`
}

// Place implements Positions.
func (g Grid) Place(n int, _ rng.Stream) (Places, error) {
	b, err := newBox(g.Extent, g.Center, g.Periodic)
	if err != nil {
		return Places{}, err
	}
	shape := g.Shape
	if shape == nil && b.Dimensions == 1 {
		shape = []int{n}
	}
	if len(shape) != b.Dimensions {
		return Places{}, fmt.Errorf("a shape of %d numbers for an extent of %d; give one of each per dimension", len(shape), b.Dimensions)
	}
	cells := 1
	for _, k := range shape {
		if k < 1 || cells > n {
			return Places{}, fmt.Errorf("the shape %v does not hold %d neurons; its product must be their number", shape, n)
		}
		cells *= k
	}
	if cells != n {
		return Places{}, fmt.Errorf("the shape %v holds %d neurons, the population has %d; make them equal", shape, cells, n)
	}
	return b.place(n, func(neuron, d int) float64 {
		for _, k := range shape[d+1:] {
			neuron /= k
		}
		return (float64(neuron%shape[d]) + 0.5) / float64(shape[d])
	}), nil
}

// Scatter puts neurons anywhere in a box, each place as likely as any other.
type Scatter struct {
	Extent   []float64 `param:"extent" doc:"length of the box in each dimension; one length is a line"`
	Center   []float64 `param:"center" doc:"middle of the box; default: the origin"`
	Periodic bool      `param:"periodic" doc:"opposite sides of the box touch: a ring, a torus"`
}

// Place implements Positions. Coordinate d of neuron i is drawn at (i, d).
func (s Scatter) Place(n int, stream rng.Stream) (Places, error) {
	b, err := newBox(s.Extent, s.Center, s.Periodic)
	if err != nil {
		return Places{}, err
	}
	return b.place(n, func(neuron, d int) float64 { return stream.Float64(uint64(neuron), uint64(d)) }), nil
}

// Points are given places.
type Points struct {
	Coordinates [][]float64 `param:"coordinates" doc:"one row for each neuron, one number for each dimension"`
	Extent      []float64   `param:"extent" doc:"length after which each dimension begins anew, if it does"`
	Periodic    bool        `param:"periodic" doc:"the dimensions begin anew after the extent: a ring, a torus"`
}

// Place implements Positions.
func (p Points) Place(n int, _ rng.Stream) (Places, error) {
	if len(p.Coordinates) != n || n == 0 {
		return Places{}, fmt.Errorf("%d places for %d neurons; give one for each", len(p.Coordinates), n)
	}
	places := Places{Dimensions: len(p.Coordinates[0])}
	if places.Dimensions == 0 {
		return Places{}, fmt.Errorf("the places have no coordinates; give at least one each")
	}
	for i, row := range p.Coordinates {
		if len(row) != places.Dimensions {
			return Places{}, fmt.Errorf("place %d has %d coordinates, place 0 has %d; give as many everywhere", i, len(row), places.Dimensions)
		}
		for _, x := range row {
			if err := finite(fmt.Sprintf("coordinate of place %d", i), x); err != nil {
				return Places{}, err
			}
		}
		places.Coordinates = append(places.Coordinates, row...)
	}
	if !p.Periodic {
		return places, nil
	}
	if len(p.Extent) != places.Dimensions {
		return Places{}, fmt.Errorf("periodic places of %d dimensions with %d extents; give the length after which each dimension begins anew", places.Dimensions, len(p.Extent))
	}
	b, err := newBox(p.Extent, nil, true)
	places.Period = b.Period
	return places, err
}

// box is where Grid and Scatter put neurons.
type box struct {
	Places
	extent, center []float64
}

func newBox(extent, center []float64, periodic bool) (box, error) {
	b := box{Places: Places{Dimensions: len(extent)}, extent: extent, center: center}
	if len(extent) == 0 {
		return b, fmt.Errorf("no extent; give the length of each dimension")
	}
	for _, x := range extent {
		if !(x > 0) || finite("", x) != nil {
			return b, fmt.Errorf("the extent is %g; give lengths above 0", extent)
		}
	}
	if b.center == nil {
		b.center = make([]float64, len(extent))
	}
	if len(b.center) != len(extent) {
		return b, fmt.Errorf("a center of %d dimensions for an extent of %d; give as many of both", len(center), len(extent))
	}
	for _, x := range b.center {
		if err := finite("center", x); err != nil {
			return b, err
		}
	}
	if periodic {
		b.Period = extent
	}
	return b, nil
}

// place takes the places of neurons as parts of the extent, from 0 to 1.
func (b box) place(n int, part func(neuron, dimension int) float64) Places {
	p := b.Places
	p.Coordinates = make([]float64, 0, n*p.Dimensions)
	for i := range n {
		for d := range p.Dimensions {
			p.Coordinates = append(p.Coordinates, b.center[d]+float64(b.extent[d]*(part(i, d)-0.5)))
		}
	}
	return p
}
