package plot

import (
	"encoding/json"
	"fmt"
	"math"
)

// The kinds of panels.
const (
	Lines     = "lines"      // value probes over time
	Raster    = "raster"     // spikes over time, one row per neuron
	Rate      = "rate"       // spikes per second and neuron over time
	MeanRates = "mean_rates" // mean rate of each spike probe as a bar, perhaps beside a reference
	ISI       = "isi"        // histogram of inter-spike intervals
	CV        = "cv"         // histogram of the coefficients of variation of neurons' intervals
	Histogram = "histogram"  // histogram of values, or of the rates of a spike probe's neurons
	XY        = "xy"         // points and curves of arrays
	Image     = "image"      // a matrix, or a value probe's dimensions over time, with a colour bar

	Correlation = "correlation" // histogram of the correlation coefficients of pairs of neurons
	Spectrum    = "spectrum"    // power spectrum of a population's activity
)

// Figure describes a figure: panels under each other, sharing the time axis
// where all are over time.
type Figure struct {
	Name   string  `json:"name"`
	Title  string  `json:"title,omitempty"`
	Theme  string  `json:"theme,omitempty"`  // "light" (the default) or "dark"
	Width  float64 `json:"width,omitempty"`  // inches; 0: 8
	Height float64 `json:"height,omitempty"` // inches; 0: what the panels need
	Panels []Panel `json:"panels"`
}

// Panel describes one panel. Kind decides which fields count; zero values mean
// a sensible default everywhere.
type Panel struct {
	Kind   string   `json:"kind"`
	Title  string   `json:"title,omitempty"`
	Probes []string `json:"probes,omitempty"` // all kinds but xy

	// Projections, where given, are drawn in place of a probe's values: the dot
	// product of each with every sample. Lines only.
	Projections []Numbers `json:"projections,omitempty"`

	Series []Series  `json:"series,omitempty"` // xy
	Marks  []Mark    `json:"marks,omitempty"`  // vertical reference lines; not in images
	Matrix []Numbers `json:"matrix,omitempty"` // image: rows from top to bottom, instead of a probe

	Levels *[2]float64 `json:"levels,omitempty"` // image: values at the ends of the colour bar

	// Across and Up are what the columns and the rows of an image's matrix cover on
	// the axes; nil: their numbers.
	Across *[2]float64 `json:"across,omitempty"`
	Up     *[2]float64 `json:"up,omitempty"`

	// Rows and Columns name those of an image's matrix, whose numbers then stand in
	// the cells where they have room.
	Rows    []string `json:"rows,omitempty"`
	Columns []string `json:"columns,omitempty"`

	Reference Numbers `json:"reference,omitempty"` // mean_rates: one rate per probe, Hz; NaN: none

	XLim   *[2]float64 `json:"xlim,omitempty"`
	YLim   *[2]float64 `json:"ylim,omitempty"`
	XLabel string      `json:"xlabel,omitempty"`
	YLabel string      `json:"ylabel,omitempty"`
	XUnit  string      `json:"xunit,omitempty"` // SI unit of the numbers, "A"; its prefix is chosen
	YUnit  string      `json:"yunit,omitempty"`

	// Labels replaces the names in the legend (or beside the bands of a raster):
	// one per probe, or one per curve where probes have several dimensions.
	Labels []string `json:"labels,omitempty"`

	Bins  int     `json:"bins,omitempty"`  // histogram, isi, cv, correlation: number of bins; 0: from the data
	Bin   float64 `json:"bin,omitempty"`   // width of bins of time, seconds; 0: rate about 1 % of the time, correlation 2 ms, spectrum 1 ms
	Sigma float64 `json:"sigma,omitempty"` // rate: > 0 smooths with a Gaussian of this many seconds instead

	// Neurons is the most that are looked at of each probe: in a raster those shown,
	// evenly chosen, 0: as many as the panel resolves; for a correlation those drawn
	// at random, 0: 200.
	Neurons int `json:"neurons,omitempty"`
}

// Styles of an xy series.
const (
	Line       = "line" // the default
	Points     = "points"
	LinePoints = "line+points"
	Dashed     = "dashed"
)

// Series is one curve of an xy panel: X with Y; or X with the rates of the
// neurons of a spike probe, neuron i at X[i]; or with the last values of a value
// probe, likewise; or the first two dimensions of a value probe against each other.
type Series struct {
	X     Numbers `json:"x,omitempty"`
	Y     Numbers `json:"y,omitempty"`
	Rates string  `json:"rates,omitempty"`
	Last  string  `json:"last,omitempty"`
	Probe string  `json:"probe,omitempty"`
	Style string  `json:"style,omitempty"`
	Label string  `json:"label,omitempty"`
}

// Mark is a vertical reference line at X.
type Mark struct {
	X     float64 `json:"x"`
	Label string  `json:"label,omitempty"`
}

// Numbers is a slice of floats whose NaN and infinities JSON stores as null,
// to be read back as NaN: a gap in a curve.
type Numbers []float64

// MarshalJSON writes an array of numbers and nulls.
func (n Numbers) MarshalJSON() ([]byte, error) {
	if n == nil {
		return []byte("null"), nil
	}
	out := make([]*float64, len(n))
	for i := range n {
		if finite(n[i]) {
			out[i] = &n[i]
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads an array of numbers and nulls.
func (n *Numbers) UnmarshalJSON(b []byte) error {
	var in []*float64
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	if in == nil {
		*n = nil
		return nil
	}
	*n = make(Numbers, len(in))
	for i, p := range in {
		(*n)[i] = math.NaN()
		if p != nil {
			(*n)[i] = *p
		}
	}
	return nil
}

// huge is where numbers end for a figure: beyond, they count as infinite, so
// that no arithmetic with an axis can overflow.
const huge = 1e100

func finite(v float64) bool { return math.Abs(v) <= huge }

// check finds what is wrong with a panel without looking at its data.
func (p *Panel) check() error {
	if p.Kind != XY && p.Kind != Image && len(p.Probes) == 0 {
		return fmt.Errorf("no probes; name at least one")
	}
	for _, lim := range []struct {
		name string
		v    *[2]float64
	}{{"xlim", p.XLim}, {"ylim", p.YLim}, {"levels", p.Levels}, {"across", p.Across}, {"up", p.Up}} {
		if lim.v == nil {
			continue
		}
		lo, hi := lim.v[0], lim.v[1]
		if !finite(lo) || !finite(hi) || hi-lo <= 1e-9*max(math.Abs(lo), math.Abs(hi)) {
			return fmt.Errorf("%s: %v to %v is no range; give two finite numbers in ascending order", lim.name, lo, hi)
		}
	}
	for _, m := range p.Marks {
		if !finite(m.X) {
			return fmt.Errorf("mark %q is at %v; give a finite x", m.Label, m.X)
		}
	}
	if p.Bins < 0 || p.Bins > maxBins {
		return fmt.Errorf("bins is %d; give 1 to %d, or 0 to choose from the data", p.Bins, maxBins)
	}
	if p.Neurons < 0 {
		return fmt.Errorf("neurons is %d; give a number above zero, or 0 for the default", p.Neurons)
	}
	if !finite(p.Bin) || p.Bin < 0 || !finite(p.Sigma) || p.Sigma < 0 {
		return fmt.Errorf("bin is %v s and sigma %v s; give finite times, or 0 for the default", p.Bin, p.Sigma)
	}
	return nil
}

// names returns the names of n drawn things, where Labels may override.
func (p *Panel) names(def []string) ([]string, error) {
	if len(p.Labels) == 0 {
		return def, nil
	}
	if len(p.Labels) != len(def) {
		return nil, fmt.Errorf("%s for %s; give one each", count(len(p.Labels), "label"), count(len(def), "curve"))
	}
	return p.Labels, nil
}

// count writes a number with its noun: "1 label", "3 labels".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
