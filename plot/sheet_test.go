package plot

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"testing"
)

var red, blue = color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}

// onSheet paints lines onto a box of 60 × 40 points, the last at the bottom.
func onSheet(lines ...polyline) *image.RGBA {
	clip := box{0, 0, 60, 40}
	s := newSheet(clip)
	for _, l := range lines {
		s.polyline(l, clip)
	}
	return s.image()
}

// area is how much of an image has been painted, in square points.
func area(img *image.RGBA) (sum float64) {
	for i := 3; i < len(img.Pix); i += 4 {
		sum += float64(img.Pix[i]) / 255 * pixel * pixel
	}
	return sum
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance*want {
		t.Errorf("%s: %g, want %g", what, got, want)
	}
}

// A line of length L and width w with round ends covers L·w + π·w²/4, in whichever
// direction it goes.
func TestSheetArea(t *testing.T) {
	const w = 1.2
	for _, to := range []point{{50, 10}, {10, 30}, {50, 30}, {12, 38}, {55, 12}} {
		from := point{10, 10}
		want := distance(from, to)*w + math.Pi*w*w/4
		for _, ends := range [][]point{{from, to}, {to, from}, {from, {(from.x + to.x) / 2, (from.y + to.y) / 2}, to}} {
			near(t, "area", area(onSheet(polyline{stroke{color: red, width: w}, ends})), want, 0.02)
		}
	}
}

// Of lines that go up and down, closer or farther apart than they are wide, what is
// nearer than half their width to one of them is covered.
func TestSheetZigzag(t *testing.T) {
	const w, grid = 1.2, 0.05
	for _, apart := range []float64{0.3, 0.7, 1.4} {
		var points []point
		for i := range 12 {
			points = append(points, point{10 + apart*float64(i), 10 + 10*float64(i%2)})
		}
		covered := 0.0
		for x := 9.0; x < 11+12*apart; x += grid {
			for y := 9.0; y < 21; y += grid {
				for i := range points[1:] {
					if fromLine(point{x, y}, points[i], points[i+1]) < w/2 {
						covered += grid * grid
						break
					}
				}
			}
		}
		near(t, "area", area(onSheet(polyline{stroke{color: red, width: w}, points})), covered, 0.01)
	}
}

// fromLine is the distance of a point from the line between two others.
func fromLine(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	along := min(max(((p.x-a.x)*dx+(p.y-a.y)*dy)/(dx*dx+dy*dy), 0), 1)
	return distance(p, point{a.x + along*dx, a.y + along*dy})
}

// A line that turns back leaves what it goes around as it was.
func TestSheetTurns(t *testing.T) {
	const w = 1.2
	square := []point{{10, 10}, {50, 10}, {50, 30}, {10, 30}, {10, 10}}
	img := onSheet(polyline{stroke{color: red, width: w}, square})
	near(t, "area", area(img), 120*w-4*w*w/4+4*math.Pi*w*w/16, 0.02)
	if at := img.RGBAAt(img.Bounds().Dx()/2, img.Bounds().Dy()/2); at.A != 0 {
		t.Errorf("the middle is %v", at)
	}
}

// Whoever is painted first lies on top, also where edges are smoothed.
func TestSheetOrder(t *testing.T) {
	across := polyline{stroke{color: red, width: 2}, []point{{0, 20}, {60, 20}}}
	up := polyline{stroke{color: blue, width: 2}, []point{{30, 0}, {30, 40}}}
	for _, test := range []struct {
		lines []polyline
		want  color.RGBA
	}{{[]polyline{across, up}, red}, {[]polyline{up, across}, blue}} {
		img := onSheet(test.lines...)
		if got := img.RGBAAt(img.Bounds().Dx()/2, img.Bounds().Dy()/2); got != test.want {
			t.Errorf("%v is on top, want %v", got, test.want)
		}
		if got, want := area(img), area(onSheet(across))+area(onSheet(up))-4; math.Abs(got-want) > 0.02*want {
			t.Errorf("area %g, want %g", got, want)
		}
	}
}

// Of a page of a hundred inches there are fewer samples.
func TestSheetOfAHugePage(t *testing.T) {
	clip := box{0, 0, 20, 7200}
	s := newSheet(clip)
	s.polyline(polyline{stroke{color: red, width: 1.2}, []point{{0, 0}, {20, 7200}}}, clip)
	if s.fine != 2 {
		t.Errorf("%d samples a pixel", s.fine)
	}
	near(t, "area", area(s.image()), 1.2*math.Hypot(20, 7200), 0.01)
}

// The parts of a dashed line are as long as its dashes, around corners too.
func TestDashes(t *testing.T) {
	s := stroke{dashes: dashed()}
	parts := s.shown([]point{{0, 0}, {5, 0}, {5, 4}, {5, 20}})
	long := 0.0
	for i, part := range parts {
		n := 0.0
		for k := range part[1:] {
			n += distance(part[k], part[k+1])
		}
		if i < len(parts)-1 {
			near(t, "dash", n, 4, 1e-9)
		}
		long += n
	}
	near(t, "all dashes", long, 3*4+4, 1e-9) // 25 = 3·7 + 4
	if got := parts[len(parts)-1][0]; math.Abs(got.x-5) > 1e-9 || math.Abs(got.y-16) > 1e-9 {
		t.Errorf("the last begins at %v", got)
	}
}

// An image of lines looks like the lines: on a panel of curves, smooth ones and
// steep ones, pixels differ by little, and few by more.
func TestSheetLooksLikeStrokes(t *testing.T) {
	th, err := themeOf("light")
	if err != nil {
		t.Fatal(err)
	}
	faces, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	page := func(most int) *image.RGBA {
		c, err := newCanvas("png", 300, 100, faces, th)
		if err != nil {
			t.Fatal(err)
		}
		c.most = most
		var lines []polyline
		for k, f := range []func(x float64) float64{
			func(x float64) float64 { return 50 + 40*math.Sin(x/20) },
			func(x float64) float64 { return 50 + 45*math.Sin(x/6) },
			func(x float64) float64 { return 80 - x/4 },
		} {
			style := stroke{color: th.curve(k, 3), width: 1.2}
			if k == 2 {
				style.dashes = dashed()
			}
			l := polyline{stroke: style}
			for x := 10.0; x < 290; x += 0.5 {
				l.points = append(l.points, point{x, f(x)})
			}
			lines = append(lines, l)
		}
		c.polylines(box{12, 8, 288, 92}, lines...)
		return c.pixels
	}
	strokes, img := page(10_000), page(0)
	sum, much := 0.0, 0
	for i, a := range strokes.Pix {
		d := math.Abs(float64(a) - float64(img.Pix[i]))
		sum += d
		if d > 128 {
			much++
		}
	}
	if mean := sum / float64(len(img.Pix)); mean > 1 || much > len(img.Pix)/1000 {
		t.Errorf("bytes differ by %.2g on average, %d of %d by more than half", mean, much, len(img.Pix))
	}
	if bytes.Equal(strokes.Pix, img.Pix) {
		t.Error("the same path drew both")
	}
}

// Files of very many points stay small.
func TestDenseCurvesAreAnImage(t *testing.T) {
	m := memory{values: map[string]Values{
		"few":  wave(2000, 10, 1e-3, func(t float64, k int) float64 { return math.Cos(9*t + float64(k)) }),
		"many": wave(2000, 60, 1e-3, func(t float64, k int) float64 { return math.Cos(900*t + float64(k)) }),
	}}
	for probe, want := range map[string]bool{"few": false, "many": true} {
		svg := drawn(t, "svg", Figure{Panels: []Panel{{Kind: Lines, Probes: []string{probe}}}}, m)
		if got := bytes.Contains(svg, []byte("<image")); got != want || len(svg) > 1<<20 {
			t.Errorf("%s: an image: %v; %d bytes", probe, got, len(svg))
		}
	}
}
