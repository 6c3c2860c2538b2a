package plot

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// spy is a canvas that notes where texts are.
type spy struct {
	texts  []written
	origin []vg.Point
	upward []bool
}

type written struct {
	box
	text string
}

func (s *spy) SetLineWidth(vg.Length)              {}
func (s *spy) SetLineDash([]vg.Length, vg.Length)  {}
func (s *spy) SetColor(color.Color)                {}
func (s *spy) Scale(x, y float64)                  {}
func (s *spy) Stroke(vg.Path)                      {}
func (s *spy) Fill(vg.Path)                        {}
func (s *spy) DrawImage(vg.Rectangle, image.Image) {}
func (s *spy) Translate(p vg.Point)                { s.origin[len(s.origin)-1] = p }
func (s *spy) Rotate(float64)                      { s.upward[len(s.upward)-1] = true }
func (s *spy) Push()                               { s.origin, s.upward = append(s.origin, vg.Point{}), append(s.upward, false) }

func (s *spy) Pop() {
	s.origin, s.upward = s.origin[:len(s.origin)-1], s.upward[:len(s.upward)-1]
}

func (s *spy) FillString(f font.Face, p vg.Point, text string) {
	w, high, deep := width(f, text), capHeight*size(f), 0.2*size(f)
	x, y := p.X.Points(), p.Y.Points()
	b := box{x, y - deep, x + w, y + high}
	if n := len(s.upward); n > 0 && s.upward[n-1] {
		ox, oy := s.origin[n-1].X.Points(), s.origin[n-1].Y.Points()
		b = box{ox - y - high, oy + x, ox - y + deep, oy + x + w}
	}
	s.texts = append(s.texts, written{b, text})
}

// charted lays a figure out and returns what is where.
func charted(t *testing.T, f Figure, d Data) (*layout, *spy) {
	t.Helper()
	th, err := themeOf(f.Theme)
	if err != nil {
		t.Fatal(err)
	}
	src := &source{data: d}
	charts := make([]*chart, len(f.Panels))
	for i := range f.Panels {
		if charts[i], err = build(&f.Panels[i], th, src); err != nil {
			t.Fatal(err)
		}
	}
	faces, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	l := arrange(f, charts, shareTime(charts, f.Panels), faces)
	s := &spy{}
	l.paint(&canvas{fonts: faces, theme: th, w: l.w, h: l.h, back: s})
	return l, s
}

// No text leaves the page or runs into another, in any figure.
func TestTextsHaveRoom(t *testing.T) {
	m := results()
	for _, f := range gallery() {
		l, s := charted(t, f, m)
		for i, a := range s.texts {
			if a.x0 < 0 || a.y0 < 0 || a.x1 > l.w || a.y1 > l.h {
				t.Errorf("%s: %q at %.0f is not on the page of %.0f × %.0f", f.Name, a.text, a.box, l.w, l.h)
			}
			for _, b := range s.texts[:i] {
				if a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 {
					t.Errorf("%s: %q at %.0f covers %q at %.0f", f.Name, a.text, a.box, b.text, b.box)
				}
			}
		}
	}
}

// writes says whether a panel is meant to hold texts.
func (p *placed) writes() bool {
	if len(p.layers) == 0 {
		return false
	}
	_, bars := p.layers[0].(rateBars)
	matrix, ok := p.layers[0].(heat)
	return bars || ok && matrix.texts != nil
}

func TestLegendsAndTitlesStayOutOfPanels(t *testing.T) {
	m := results()
	for _, f := range gallery() {
		l, s := charted(t, f, m)
		for _, p := range l.panels {
			for _, w := range s.texts {
				inside := w.x0 < p.box.x1 && w.x1 > p.box.x0 && w.y0 < p.box.y1 && w.y1 > p.box.y0
				if inside && w.text != p.message && !p.writes() {
					t.Errorf("%s: %q covers data", f.Name, w.text)
				}
			}
		}
	}
}

func TestPanelsAreAligned(t *testing.T) {
	m := results()
	for _, f := range gallery() {
		l, _ := charted(t, f, m)
		first := l.panels[0].box
		for i, p := range l.panels {
			if p.box.x0 != first.x0 || p.box.x1 != first.x1 {
				t.Errorf("%s: panel %d spans %v to %v and panel 1 %v to %v", f.Name, i+1, p.box.x0, p.box.x1, first.x0, first.x1)
			}
			if i > 0 && p.box.y1 >= l.panels[i-1].box.y0 {
				t.Errorf("%s: panel %d reaches into the one above", f.Name, i+1)
			}
			for _, edge := range []float64{p.box.x0, p.box.x1, p.box.y0, p.box.y1} {
				if in := edge / pixel; math.Abs(in-math.Round(in)) > 1e-6 {
					t.Errorf("%s: panel %d has an edge at %v pixels", f.Name, i+1, in)
				}
			}
		}
	}
}

func TestAskedSizeIsKept(t *testing.T) {
	f := Figure{Name: "size", Width: 5, Height: 4, Panels: gallery()[2].Panels}
	l, _ := charted(t, f, results())
	if math.Abs(l.w-5*72) > 1 || math.Abs(l.h-4*72) > 2 {
		t.Errorf("5 × 4 inches became %.2f × %.2f", l.w/72, l.h/72)
	}
}

func TestTimeAxisIsShared(t *testing.T) {
	m := results()
	over := Panel{Kind: Lines, Probes: []string{"decoded"}}
	half := Panel{Kind: Raster, Probes: []string{"one"}, XLim: &[2]float64{0, 0.5}}
	other := Panel{Kind: Histogram, Probes: []string{"decoded"}}
	for _, test := range []struct {
		name   string
		panels []Panel
		titles int     // how often the time axis is named
		end    float64 // of the first panel
	}{
		{"all over time", []Panel{over, over}, 1, 1},
		{"a range asked for by one", []Panel{over, half}, 1, 0.5},
		{"another kind among them", []Panel{over, half, other}, 2, 1},
	} {
		l, s := charted(t, Figure{Panels: test.panels}, m)
		titles := 0
		for _, w := range s.texts {
			if strings.HasPrefix(w.text, "time (") {
				titles++
			}
		}
		if titles != test.titles || l.panels[0].x.max != test.end {
			t.Errorf("%s: the time axis is named %d times and ends at %v; want %d and %v",
				test.name, titles, l.panels[0].x.max, test.titles, test.end)
		}
	}
}

func TestFit(t *testing.T) {
	faces, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		in    string
		width float64
		want  string
	}{
		{"short", 100, "short"},
		{"ensemble.neurons[0:50]", 60, "ensem…0:50]"},
		{"anything", 0, "…"},
		{"", 10, ""},
	} {
		got := fit(faces.tick, test.in, test.width)
		if got != test.want {
			t.Errorf("fit(%q, %v) = %q, want %q", test.in, test.width, got, test.want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "two\nlines\t": "two lines ", "brain \U0001f9e0": "brain \ufffd", "broken \xff": "broken \ufffd", "τ µ Ω": "τ µ Ω",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}
