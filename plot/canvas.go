package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"slices"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// dpi is the resolution of PNG files and of the images inside the others.
const dpi = 192

// pixel is the width of a PNG pixel in points. Boxes are laid out on whole
// pixels, so that their edges are sharp and images need no resampling.
const pixel = 72.0 / dpi

func snap(v float64) float64 { return math.Round(v/pixel) * pixel }

// canvas paints onto the back end of a format. Lengths are in points, with the
// origin at the bottom left.
type canvas struct {
	fonts
	theme
	w, h   float64
	back   vg.Canvas
	pixels *image.RGBA // of a PNG, else nil
	write  func(io.Writer) error
	most   int // points of curves that are drawn as lines; more become an image
}

func newCanvas(format string, w, h float64, f fonts, t theme) (*canvas, error) {
	c := &canvas{fonts: f, theme: t, w: w, h: h, most: 100_000}
	switch format {
	case "png":
		back := vgimg.NewWith(vgimg.UseWH(vg.Length(w), vg.Length(h)), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(t.background))
		pixels, ok := back.Image().(*image.RGBA)
		if !ok {
			return nil, fmt.Errorf("the PNG canvas has an unexpected image of type %T", back.Image())
		}
		c.back, c.pixels, c.write = back, pixels, c.writePNG
		c.most = 2000 // the time of a stroke grows with the square of its points in a row of pixels
	case "svg":
		back := vgsvg.New(vg.Length(w), vg.Length(h))
		c.back, c.write = back, func(w io.Writer) error { return writeSVG(w, back) }
	case "pdf":
		back := newPDF(w, h)
		c.back, c.write = back, back.write
	default:
		return nil, fmt.Errorf("unknown format %q; use png, svg or pdf", format)
	}
	if c.pixels == nil {
		c.fill(box{0, 0, w, h}, t.background)
	}
	return c, nil
}

// writePNG favours speed: the fastest level costs a tenth more bytes and a
// fraction of the default's time.
func (c *canvas) writePNG(w io.Writer) error {
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	return enc.Encode(w, c.pixels)
}

// writeSVG mends gonum's output: fonts of the same metrics for readers without
// Liberation Sans, and images, which are PNG, called so. What is replaced holds
// a quotation mark, which texts cannot: theirs are escaped.
func writeSVG(w io.Writer, back *vgsvg.Canvas) error {
	var b bytes.Buffer
	if _, err := back.WriteTo(&b); err != nil {
		return err
	}
	out := bytes.ReplaceAll(b.Bytes(), []byte(`style="font-family:Liberation Sans;`),
		[]byte(`style="font-family:'Liberation Sans',Arial,Helvetica,sans-serif;`))
	out = bytes.ReplaceAll(out, []byte(`xlink:href="data:image/jpg;`), []byte(`xlink:href="data:image/png;`))
	_, err := w.Write(out)
	return err
}

// stroke is how a line is drawn.
type stroke struct {
	color  color.RGBA
	width  float64
	dashes []vg.Length
}

// dashed is the pattern of dashed lines, in points: dash and gap by turns.
func dashed() []vg.Length { return []vg.Length{4, 3} }

// shown gives the parts of a line that its dashes show.
func (s stroke) shown(line []point) [][]point {
	if len(s.dashes) == 0 {
		return [][]point{line}
	}
	var parts [][]point
	part := []point{line[0]}
	turn, left := 0, float64(s.dashes[0]) // of the dash or gap that goes on
	for i, q := range line[1:] {
		p := line[i]
		length := distance(p, q)
		for length > left {
			p = point{p.x + float64((q.x-p.x)*left/length), p.y + float64((q.y-p.y)*left/length)}
			length -= left
			if turn++; turn%2 == 1 {
				parts = append(parts, append(part, p))
			} else {
				part = []point{p}
			}
			left = float64(s.dashes[turn%len(s.dashes)])
		}
		if left -= length; turn%2 == 0 {
			part = append(part, q)
		}
	}
	if turn%2 == 0 {
		parts = append(parts, part)
	}
	return parts
}

func (c *canvas) set(s stroke) {
	c.back.SetColor(s.color)
	c.back.SetLineWidth(vg.Length(s.width))
	c.back.SetLineDash(s.dashes, 0)
}

// line draws one straight line.
func (c *canvas) line(s stroke, x0, y0, x1, y1 float64) {
	c.segments(s, []point{{x0, y0}, {x1, y1}})
}

// segments draws separate lines between pairs of points as one path.
func (c *canvas) segments(s stroke, pairs []point) {
	if len(pairs) == 0 {
		return
	}
	c.set(s)
	path := make(vg.Path, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		path.Move(pairs[i].vg())
		path.Line(pairs[i+1].vg())
	}
	c.back.Stroke(path)
}

// polyline is connected points.
type polyline struct {
	stroke
	points []point
}

// polylines draws lines, the first at the bottom, clipped to a box.
func (c *canvas) polylines(clip box, lines ...polyline) {
	points := 0
	for _, l := range lines {
		points += len(l.points)
	}
	if points > c.most {
		s := newSheet(clip)
		for _, l := range slices.Backward(lines) {
			s.polyline(l, clip)
		}
		c.image(s.box, s.image())
		return
	}
	for _, l := range lines {
		c.set(l.stroke)
		for _, part := range clip.cut(l.points) {
			path := make(vg.Path, 0, len(part))
			for i, p := range part {
				if i == 0 {
					path.Move(p.vg())
				} else {
					path.Line(p.vg())
				}
			}
			c.back.Stroke(path)
		}
	}
}

// fill fills a box.
func (c *canvas) fill(b box, col color.Color) {
	c.polygon(col, []point{{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}})
}

func (c *canvas) polygon(col color.Color, points []point) {
	var path vg.Path
	for i, p := range points {
		if i == 0 {
			path.Move(p.vg())
		} else {
			path.Line(p.vg())
		}
	}
	path.Close()
	c.back.SetColor(col)
	c.back.Fill(path)
}

// dots draws filled circles: four cubic arcs each, which every back end knows.
func (c *canvas) dots(col color.Color, r float64, centres ...point) {
	if len(centres) == 0 {
		return
	}
	const k = 0.5522847498 // control points of a quarter circle of radius 1
	path := make(vg.Path, 0, 6*len(centres))
	for _, p := range centres {
		at := func(x, y float64) vg.Point { return point{p.x + float64(r*x), p.y + float64(r*y)}.vg() }
		path.Move(at(1, 0))
		path.CubeTo(at(1, k), at(k, 1), at(0, 1))
		path.CubeTo(at(-k, 1), at(-1, k), at(-1, 0))
		path.CubeTo(at(-1, -k), at(-k, -1), at(0, -1))
		path.CubeTo(at(k, -1), at(1, -k), at(1, 0))
		path.Close()
	}
	c.back.SetColor(col)
	c.back.Fill(path)
}

// text writes s on the baseline y; align 0, 0.5, 1 puts x at its left end,
// middle, right end.
func (c *canvas) text(f font.Face, col color.Color, x, y, align float64, s string) {
	if s == "" {
		return
	}
	c.back.SetColor(col)
	c.back.FillString(f, point{x - float64(align*width(f, s)), y}.vg(), s)
}

// textUp writes s upwards, centred on y, its baseline at x; on whole pixels, so
// that turning the glyphs of a PNG does not blur them.
func (c *canvas) textUp(f font.Face, col color.Color, x, y float64, s string) {
	c.back.Push()
	c.back.Translate(point{snap(x), snap(y)}.vg())
	c.back.Rotate(math.Pi / 2)
	c.text(f, col, 0, 0, 0.5, s)
	c.back.Pop()
}

// image puts an image of the box's size in pixels onto the box.
func (c *canvas) image(b box, img *image.RGBA) {
	if c.pixels == nil {
		c.back.DrawImage(b.vg(), img)
		return
	}
	at := image.Pt(int(math.Round(b.x0/pixel)), c.pixels.Bounds().Dy()-int(math.Round(b.y1/pixel)))
	draw.Draw(c.pixels, img.Bounds().Add(at), img, image.Point{}, draw.Over)
}

// newImage makes an image that covers the box, in the background colour.
func (c *canvas) newImage(b box) *image.RGBA {
	img := image.NewRGBA(b.pixels())
	draw.Draw(img, img.Bounds(), image.NewUniform(c.background), image.Point{}, draw.Src)
	return img
}

// point and box are in points.
type point struct{ x, y float64 }

// distance is the same on every machine, unlike math.Hypot.
func distance(p, q point) float64 {
	dx, dy := q.x-p.x, q.y-p.y
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

func (p point) vg() vg.Point { return vg.Point{X: vg.Length(p.x), Y: vg.Length(p.y)} }

type box struct{ x0, y0, x1, y1 float64 }

func (b box) w() float64 { return b.x1 - b.x0 }
func (b box) h() float64 { return b.y1 - b.y0 }

// pixels is the size of an image that covers the box.
func (b box) pixels() image.Rectangle {
	return image.Rect(0, 0, max(1, int(math.Round(b.w()/pixel))), max(1, int(math.Round(b.h()/pixel))))
}

// cut gives the parts of connected points that lie in the box.
func (b box) cut(points []point) (parts [][]point) {
	line := make([]vg.Point, len(points))
	for i, p := range points {
		line[i] = p.vg()
	}
	canvas := vgdraw.Canvas{Rectangle: b.vg()}
	for _, part := range canvas.ClipLinesXY(line) {
		inside := make([]point, len(part))
		for i, p := range part {
			inside[i] = point{float64(p.X), float64(p.Y)}
		}
		parts = append(parts, inside)
	}
	return parts
}

func (b box) vg() vg.Rectangle {
	return vg.Rectangle{Min: point{b.x0, b.y0}.vg(), Max: point{b.x1, b.y1}.vg()}
}
