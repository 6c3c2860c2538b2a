package plot

import (
	"fmt"
	"image/color"
	"strings"
)

// chart is a panel with its data: what the layout measures and paints.
type chart struct {
	x, y     axis
	overTime bool    // x is simulated time
	height   float64 // share of the figure's height; 1 is an ordinary panel
	title    string
	note     string // on the right above the box
	legend   []entry
	marks    []Mark
	layers   []layer
	message  string // in the middle of an empty panel, whose y axis means nothing
	bar      *colorBar
	noGrid   bool
	noRows   bool // no horizontal lines in the grid
}

// layer is something painted inside a panel's box.
type layer interface{ paint(c *canvas, f frame) }

// entry is one curve in a legend.
type entry struct {
	label  string
	color  color.RGBA
	symbol string // Line, Points, LinePoints, Dashed or "" for a filled square
}

// frame maps data to points on the page.
type frame struct {
	box
	x, y extent
}

func (f frame) px(v float64) float64 { return f.x0 + float64((v-f.x.min)/(f.x.max-f.x.min)*f.w()) }
func (f frame) py(v float64) float64 { return f.y0 + float64((v-f.y.min)/(f.y.max-f.y.min)*f.h()) }

// Kinds lists the kinds of panels.
func Kinds() []string {
	return []string{Lines, Raster, Rate, MeanRates, ISI, CV, Correlation, Spectrum, Histogram, XY, Image}
}

// build fetches a panel's data and makes its chart.
func build(p *Panel, t theme, src *source) (*chart, error) {
	builder, ok := map[string]func(*Panel, theme, *source) (*chart, error){
		Lines: lines, Raster: raster, Rate: rate, MeanRates: meanRates, ISI: isi, CV: cv, Correlation: correlation,
		Spectrum: spectrum, Histogram: histogram, XY: xy, Image: imagePanel,
	}[p.Kind]
	if !ok {
		return nil, fmt.Errorf("unknown kind %q; use %s", p.Kind, strings.Join(Kinds(), ", "))
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	ch, err := builder(p, t, src)
	if err != nil {
		return nil, err
	}
	for _, m := range p.Marks {
		ch.x.add(m.X)
		ch.marks = append(ch.marks, Mark{m.X, clean(m.Label)})
	}
	ch.title = clean(p.Title)
	ch.x.override(p.XLim, clean(p.XLabel), clean(p.XUnit))
	ch.y.override(p.YLim, clean(p.YLabel), clean(p.YUnit))
	for i := range ch.legend {
		ch.legend[i].label = clean(ch.legend[i].label)
	}
	if ch.height == 0 {
		ch.height = 1
	}
	if ch.message != "" {
		ch.blank()
	}
	return ch, nil
}

// blank takes the numbers off the axes that have no data to number.
func (ch *chart) blank() {
	ch.noGrid = true
	if ch.y.names == nil && !ch.y.whole {
		ch.y.names = []tick{}
	}
	if !ch.overTime {
		ch.x.names, ch.y.names = []tick{}, []tick{}
	}
}

// timeAxis is the axis of simulated time.
func timeAxis(e extent) axis { return axis{extent: e, label: "time", unit: "s"} }

// shareTime gives charts over time one common time axis, where all are. A range
// that a panel asks for goes before what the data span; panels that ask for
// different ranges share none.
func shareTime(charts []*chart, panels []Panel) bool {
	all, asked := empty(), empty()
	for i, ch := range charts {
		if !ch.overTime {
			return false
		}
		all.add(ch.x.min, ch.x.max)
		if panels[i].XLim != nil {
			if !asked.isEmpty() && asked != ch.x.extent {
				return false
			}
			asked.add(ch.x.min, ch.x.max)
		}
	}
	if !asked.isEmpty() {
		all = asked
	}
	for _, ch := range charts {
		ch.x.extent = all
	}
	return true
}
