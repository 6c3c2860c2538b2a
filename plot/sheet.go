package plot

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// sheet is an image of very many lines: what vector graphics would stroke one over
// the other, in a file of hundred megabytes. Lines come from the topmost to the
// lowest, and each paints what is still free, so that a place is painted once, however
// many lines pass it. Edges are smooth as pixels consist of samples.
type sheet struct {
	box            // what it covers, in points
	fine   int     // samples per pixel, each way
	w, h   int     // in samples
	radius float64 // of a line, in samples
	// next leads from sample y of column x, at [x·(h+1) + y], towards the next free one,
	// at y or above; h stands for none.
	next []uint16
	ink  []paint // of the pixels, by columns, from below
	// edges are those of the stroke that goes on, by columns, empty but for from … to−1.
	edges    []extent
	from, to int
}

// What a sheet may take: rows, as next counts them, and samples.
const (
	maxRows    = 1<<16 - 1
	maxSamples = 1 << 26
)

// paint is the sum of the colours of a pixel's samples.
type paint struct{ r, g, b, n uint16 }

// newSheet makes a sheet for lines that are clipped to a box.
func newSheet(clip box) *sheet {
	const edge = 2 * pixel // beyond which half of a line does not reach
	s := &sheet{box: box{clip.x0 - edge, clip.y0 - edge, clip.x1 + edge, clip.y1 + edge}, fine: 4}
	w, h := s.pixels().Dx(), s.pixels().Dy()
	for s.fine > 1 && (h*s.fine > maxRows || w*h*s.fine*s.fine > maxSamples) {
		s.fine /= 2
	}
	s.w, s.h = s.fine*w, s.fine*h
	s.next, s.ink = make([]uint16, s.w*(s.h+1)), make([]paint, w*h)
	for i := range s.next {
		s.next[i] = uint16(i % (s.h + 1))
	}
	s.edges, s.from, s.to = make([]extent, s.w), s.w, 0
	for x := range s.edges {
		s.edges[x] = empty()
	}
	return s
}

// polyline paints a line, clipped to a box.
func (s *sheet) polyline(l polyline, clip box) {
	grain := pixel / float64(s.fine) // the width of a sample
	s.radius = l.width / 2 / grain
	if l.dashes != nil { // whose round ends add to a dash what they take from a gap
		l.dashes = []vg.Length{l.dashes[0] - vg.Length(l.width), l.dashes[1] + vg.Length(l.width)}
	}
	for _, inside := range clip.cut(l.points) {
		for _, part := range l.shown(inside) {
			for i, p := range part {
				part[i] = point{(p.x - s.x0) / grain, (p.y - s.y0) / grain}
			}
			s.connected(l.color, part)
		}
	}
}

// connected paints segments, as many at once as go in one direction.
func (s *sheet) connected(col color.RGBA, points []point) {
	ahead := 0.0
	for i, p := range points {
		if i > 0 {
			before := points[i-1]
			dx := p.x - before.x
			if dx*ahead < 0 {
				s.stroke(col)
				s.disc(before)
			}
			if dx != 0 {
				ahead = dx
			}
			s.band(before, p)
		}
		s.disc(p)
	}
	s.stroke(col)
}

// disc adds the round end of a segment to the stroke.
func (s *sheet) disc(p point) {
	from, to := s.columns(p.x-s.radius, p.x+s.radius)
	for x := from; x < to; x++ {
		d := float64(x) + 0.5 - p.x
		half := math.Sqrt(float64(s.radius*s.radius) - float64(d*d))
		edge := &s.edges[x]
		edge.min, edge.max = min(edge.min, p.y-half), max(edge.max, p.y+half)
	}
}

// band adds the edges of a segment to the stroke, between those of its ends.
func (s *sheet) band(p, q point) {
	if p.x > q.x {
		p, q = q, p
	}
	dx, dy := q.x-p.x, q.y-p.y
	length := distance(p, q)
	if dx == 0 || length == 0 {
		return // discs have the same edges
	}
	// From the line to its upper edge it is (up.x, up.y).
	up := point{-dy / length * s.radius, dx / length * s.radius}
	from, to := s.columns(p.x+up.x, q.x+up.x)
	for x := from; x < to; x++ {
		s.edges[x].max = max(s.edges[x].max, p.y+up.y+float64((float64(x)+0.5-p.x-up.x)*dy/dx))
	}
	from, to = s.columns(p.x-up.x, q.x-up.x)
	for x := from; x < to; x++ {
		s.edges[x].min = min(s.edges[x].min, p.y-up.y+float64((float64(x)+0.5-p.x+up.x)*dy/dx))
	}
}

// columns are those whose middles lie between two places: from … to−1. They are part
// of the stroke from now on.
func (s *sheet) columns(left, right float64) (from, to int) {
	from, to = max(int(math.Ceil(left-0.5)), 0), min(int(math.Floor(right-0.5))+1, s.w)
	s.from, s.to = min(s.from, from), max(s.to, to)
	return from, to
}

// stroke paints the segments since the last one. As they are connected and go in one
// direction, they fill each column from their lowest to their highest edge.
func (s *sheet) stroke(col color.RGBA) {
	for x := s.from; x < s.to; x++ {
		edge := &s.edges[x]
		if !edge.isEmpty() {
			s.column(col, x, int(math.Ceil(max(edge.min, 0)-0.5)), int(math.Floor(min(edge.max, float64(s.h))+0.5)))
		}
		*edge = empty()
	}
	s.from, s.to = s.w, 0
}

// column paints the free samples from … to−1 of a column.
func (s *sheet) column(col color.RGBA, x, from, to int) {
	if from >= to {
		return
	}
	next := s.next[x*(s.h+1) : (x+1)*(s.h+1)]
	ink := s.ink[x/s.fine*(s.h/s.fine):]
	for y := free(next, from); y < to; y = free(next, y+1) {
		next[y] = uint16(to)
		k := &ink[y/s.fine]
		k.r, k.g, k.b, k.n = k.r+uint16(col.R), k.g+uint16(col.G), k.b+uint16(col.B), k.n+1
	}
}

// free finds the next free sample, and shortens the way there.
func free(next []uint16, y int) int {
	for int(next[y]) != y {
		next[y] = next[next[y]]
		y = int(next[y])
	}
	return y
}

// image is what has been painted, transparent elsewhere.
func (s *sheet) image() *image.RGBA {
	img := image.NewRGBA(s.pixels())
	h := img.Bounds().Dy()
	all := uint16(s.fine * s.fine)
	mean := func(sum uint16) uint8 { return uint8((sum + all/2) / all) }
	for i, k := range s.ink {
		img.SetRGBA(i/h, h-1-i%h, color.RGBA{mean(k.r), mean(k.g), mean(k.b), mean(255 * k.n)})
	}
	return img
}
