package connect

import (
	"fmt"
	"math"
	"slices"
)

// space is where the sources and the targets of a pair are.
type space struct {
	from, to Places
	period   []float64 // nil, or one per dimension
}

// space finds whether the two populations have places in the same space.
func (p Pair) space() (*space, error) {
	from, to := p.SourcePlaces, p.TargetPlaces
	const remedy = "give the population positions, such as connect.grid or connect.scatter"
	switch {
	case from.Dimensions == 0 && to.Dimensions == 0:
		return nil, fmt.Errorf("the sources and the targets have no positions; %s", remedy)
	case from.Dimensions == 0:
		return nil, fmt.Errorf("the sources have no positions; %s", remedy)
	case to.Dimensions == 0:
		return nil, fmt.Errorf("the targets have no positions; %s", remedy)
	case from.Dimensions != to.Dimensions:
		return nil, fmt.Errorf("the sources have %d coordinates, the targets %d; place both in the same space", from.Dimensions, to.Dimensions)
	case !slices.Equal(from.Period, to.Period):
		return nil, fmt.Errorf("the sources are periodic in %g, the targets in %g; make the extents of both alike", from.Period, to.Period)
	}
	return &space{from, to, from.Period}, nil
}

// along is the distance between two coordinates of one dimension: the shorter
// way round where it is periodic.
func (s *space) along(d int, a, b float64) float64 {
	x := math.Abs(a - b)
	if s.period == nil {
		return x
	}
	length := s.period[d]
	if x >= length {
		x -= float64(length * math.Floor(x/length))
	}
	return min(x, length-x)
}

// distance is the length of the straight line between two neurons.
func (s *space) distance(target int, source int32) float64 {
	sum := 0.0
	from := s.from.at(int(source))
	for d, x := range s.to.at(target) {
		along := s.along(d, x, from[d])
		sum += float64(along * along)
	}
	return math.Sqrt(sum)
}

// longest is a distance that none exceeds.
func (s *space) longest() float64 {
	sum := 0.0
	for d := range s.from.Dimensions {
		fromLow, fromHigh := s.from.bounds(d)
		toLow, toHigh := s.to.bounds(d)
		along := max(fromHigh-toLow, toHigh-fromLow, 0)
		if s.period != nil {
			along = min(along, s.period[d]/2)
		}
		sum += float64(along * along)
	}
	return math.Sqrt(sum)
}

// bounds are the least and the greatest coordinate in one dimension.
func (p Places) bounds(d int) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := d; i < len(p.Coordinates); i += p.Dimensions {
		low, high = min(low, p.Coordinates[i]), max(high, p.Coordinates[i])
	}
	return low, high
}
