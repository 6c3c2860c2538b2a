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
	box             // what it covers, in points
	fine    int     // samples per pixel, each way
	w, h    int     // in samples
	radius  float64 // of a line, in samples
	// next leads from sample y of column x, at [x·(h+1) + y], towards the next free one,
	// at y or above; h stands for none.
	next []uint16
	ink  []paint // of the pixels, by columns, from below
}

// What a sheet may take: rows, as next counts them, and samples.
const (
	maxRows    = 1<<16 - 1
	maxSamples = 1 << 26
)

// paint is the sum of the colours of a pixel's samples.
type paint struct{ r, g, b, n uint16 }

// newSheet makes a sheet for lines of some width that are clipped to a box.
func newSheet(clip box, width float64) *sheet {
	edge := math.Ceil(width/2/pixel) * pixel
	s := &sheet{box: box{clip.x0 - edge, clip.y0 - edge, clip.x1 + edge, clip.y1 + edge}, fine: 4}
	w, h := s.pixels().Dx(), s.pixels().Dy()
	for s.fine > 1 && (h*s.fine > maxRows || w*h*s.fine*s.fine > maxSamples) {
		s.fine /= 2
	}
	s.w, s.h, s.radius = s.fine*w, s.fine*h, width/2/s.grain()
	s.next, s.ink = make([]uint16, s.w*(s.h+1)), make([]paint, w*h)
	for i := range s.next {
		s.next[i] = uint16(i % (s.h + 1))
	}
	return s
}

// grain is the width of a sample, in points.
func (s *sheet) grain() float64 { return pixel / float64(s.fine) }

// polyline paints connected points, clipped to a box.
func (s *sheet) polyline(col color.RGBA, clip box, points []point) {
	at := func(p vg.Point) point {
		return point{(float64(p.X) - s.x0) / s.grain(), (float64(p.Y) - s.y0) / s.grain()}
	}
	for _, line := range clip.cut(points) {
		for i := range line {
			s.segment(col, at(line[max(i-1, 0)]), at(line[i]))
		}
	}
}

// segment paints the line between two points, with round ends: in each column of
// samples what lies between the lowest and the highest edge of two discs and of the
// band around the line.
func (s *sheet) segment(col color.RGBA, p, q point) {
	if p.x > q.x {
		p, q = q, p
	}
	r := s.radius
	dx, dy := q.x-p.x, q.y-p.y
	nx, ny := 0.0, r // from the line to the upper edge of the band
	if length := math.Hypot(dx, dy); length > 0 {
		nx, ny = -dy/length*r, dx/length*r
	}
	from, to := max(int(math.Ceil(p.x-r-0.5)), 0), min(int(math.Floor(q.x+r-0.5)), s.w-1)
	for x := from; x <= to; x++ {
		at := float64(x) + 0.5
		low, high := math.Inf(1), math.Inf(-1)
		for _, end := range [2]point{p, q} {
			if d := at - end.x; d >= -r && d <= r {
				half := math.Sqrt(r*r - d*d)
				low, high = min(low, end.y-half), max(high, end.y+half)
			}
		}
		if at > p.x+nx && at < q.x+nx {
			high = max(high, p.y+ny+(at-p.x-nx)*dy/dx)
		}
		if at > p.x-nx && at < q.x-nx {
			low = min(low, p.y-ny+(at-p.x+nx)*dy/dx)
		}
		s.column(col, x, int(math.Ceil(max(low, 0)-0.5)), int(math.Floor(min(high, float64(s.h))+0.5)))
	}
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
