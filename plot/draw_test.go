package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"iter"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// textsOf returns the texts of an SVG in the order they were written.
func textsOf(t *testing.T, svg []byte) []string {
	t.Helper()
	var texts []string
	inside := false
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local == "text"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				texts = append(texts, string(token))
			}
		}
	}
}

func TestWhatFiguresSay(t *testing.T) {
	m := results()
	named := func(name string) Figure {
		i := slices.IndexFunc(gallery(), func(f Figure) bool { return f.Name == name })
		return gallery()[i]
	}
	one := func(p Panel) Figure { return Figure{Name: "one", Panels: []Panel{p}} }
	for _, test := range []struct {
		name   string
		figure Figure
		has    []string
		hasNot []string
	}{
		{"two curves have a legend", named("decoded"), []string{"decoded", "input", "time (s)", "−1.0", "0.4"}, nil},
		{"one curve names its axis", one(Panel{Kind: Lines, Probes: []string{"input"}}), []string{"input"}, nil},
		{"dimensions are numbered", one(Panel{Kind: Lines, Probes: []string{"product"}}), []string{"product[0]", "product[2]"}, []string{"product"}},
		{
			"labels replace probes", one(Panel{Kind: Lines, Probes: []string{"product", "input"}, Labels: []string{"p", "cos 8t"}}),
			[]string{"p[0]", "p[2]", "cos 8t"},
			[]string{"input"},
		},
		{
			"labels replace curves", one(Panel{Kind: Lines, Probes: []string{"product"}, Labels: []string{"x", "y", "z"}}),
			[]string{"x", "y", "z"},
			[]string{"product[0]"},
		},
		{"one neuron is just named", named("activity"), []string{"neuron 0", "membrane voltage (mV)", "−70", "time (s)"}, []string{"neuron"}},
		{"many neurons are numbered", named("product"), []string{"A product, its neurons and their rate", "neuron", "1500", "rate (Hz)"}, nil},
		{"bands are named", one(Panel{Kind: Raster, Probes: []string{"five", "hundred"}}), []string{"five", "hundred"}, []string{"neuron"}},
		{"prefixes", named("sizes"), []string{"small (×1e−12)", "current (A)", "voltage (V)"}, nil},
		{"a physical curve", named("curve"), []string{"current (nA)", "rate (Hz)", "closed form", "simulated", "threshold 0.5 nA", "0.4", "2.0"}, nil},
		{"rates by neuron", named("styles"), []string{"current (pA)", "rate (Hz)", "five"}, nil},
		{"milliseconds", one(Panel{Kind: Lines, Probes: []string{"current"}}), []string{"time (ms)", "synaptic current (pA)", "−100", "20"}, nil},
		{"no spikes", named("few"), []string{"no spikes"}, nil},
		{"histograms", named("distributions"), []string{"samples", "neurons", "rate (Hz)", "inter-spike interval (ms)", "no spikes", "no neuron spiked twice"}, nil},
		{"populations", named("microcircuit"), []string{"every 20th neuron: 3862 of 77169", "L2/3E", "mean rate (Hz)", "reference", "0.896"}, nil},
		{"some neurons", named("samples"), []string{"60 of 2105 neurons", "every 6th neuron: 3653 of 21915"}, nil},
		{"all neurons", named("crowds"), nil, []string{"2000 of 2000 neurons"}},
		{"irregularity", named("irregularity"), []string{"coefficient of variation of intervals", "no neuron spiked three times", "pairs", "fewer than two neurons spiked"}, nil},
		{"spectra", named("spectra"), []string{"frequency (Hz)", "power (Hz²/Hz)", "0.01", "no spikes"}, nil},
		{"names and numbers of a matrix", named("connectivity"), []string{"L5E", "0.100", "probability", "25.4"}, nil},
		{"images", named("images"), []string{"row", "column", "weight (nA)", "dimension", "product[1]"}, nil},
		{"texts are escaped", Figure{Name: "e", Title: `<a> & "b"`, Panels: named("decoded").Panels}, []string{`<a> & "b"`}, nil},
	} {
		texts := textsOf(t, drawn(t, "svg", test.figure, m))
		for _, want := range test.has {
			if !slices.Contains(texts, want) {
				t.Errorf("%s: no text %q among %q", test.name, want, texts)
			}
		}
		for _, no := range test.hasNot {
			if slices.Contains(texts, no) {
				t.Errorf("%s: text %q should not be there", test.name, no)
			}
		}
	}
}

func TestOneNeuronHasOneTick(t *testing.T) {
	l, _ := charted(t, gallery()[1], results())
	if ticks := l.panels[0].yTicks; len(ticks) != 1 || ticks[0].text != "neuron 0" {
		t.Errorf("ticks %v, want only neuron 0", ticks)
	}
}

// Few spikes are lines that can be enlarged; many are an image.
func TestRasterModes(t *testing.T) {
	for _, test := range []struct {
		spikes int
		image  bool
	}{{0, false}, {53, false}, {manySpikes, false}, {manySpikes + 1, true}} {
		s := Spikes{Neurons: 100, Duration: 1}
		for i := range test.spikes {
			s.Times, s.IDs = append(s.Times, float64(i+1)/float64(test.spikes)), append(s.IDs, int64(i%100))
		}
		svg := drawn(t, "svg", Figure{Panels: []Panel{{Kind: Raster, Probes: []string{"s"}}}}, memory{spikes: map[string]Spikes{"s": s}})
		if got := bytes.Contains(svg, []byte("<image")); got != test.image {
			t.Errorf("%d spikes: drawn as an image: %v", test.spikes, got)
		}
	}
}

// In an image every spike leaves its mark at its place.
func TestRasterImage(t *testing.T) {
	th, err := themeOf("light")
	if err != nil {
		t.Fatal(err)
	}
	s := Spikes{Times: []float64{0, 0.5, 1}, IDs: []int64{0, 1, 2}, Neurons: 3, Duration: 1}
	b := stack([]trains{new(source).trains("s", s)}, th)
	const w, h = 90, 30
	counts := make([]uint32, w*h)
	most := b.bands[0].tally(counts, w, h, 1, frame{x: extent{0, 1}, y: extent{0, 3}})
	if most != 1 {
		t.Errorf("largest count %d, want 1", most)
	}
	for _, at := range []struct {
		x, y int
		want uint32
	}{{0, 25, 1}, {45, 15, 1}, {45, 5, 0}, {44, 15, 0}, {46, 15, 0}, {10, 25, 0}} {
		if got := counts[at.y*w+at.x]; got != at.want {
			t.Errorf("pixel %d, %d counts %d, want %d", at.x, at.y, got, at.want)
		}
	}
}

func TestPNGSize(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(drawn(t, "png", gallery()[0], results())))
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Dx(); got != 8*dpi {
		t.Errorf("%d pixels wide, want %d", got, 8*dpi)
	}
}

func TestPDFHasNoDateOfToday(t *testing.T) {
	pdf := drawn(t, "pdf", gallery()[0], results())
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.Contains(pdf, []byte("/CreationDate (D:19700101")) {
		t.Error("want a PDF created in 1970")
	}
}

func TestFormats(t *testing.T) {
	if got, want := Formats(), []string{"pdf", "png", "svg"}; !slices.Equal(got, want) {
		t.Errorf("formats %v, want %v", got, want)
	}
}

func TestErrors(t *testing.T) {
	m := results()
	nan := math.NaN()
	m.values["nan"] = Values{T: []float64{1, 2}, Rows: []float64{nan, math.Inf(1)}, Width: 1}
	m.values["empty"] = Values{Width: 1}
	m.values["ragged"] = Values{T: []float64{1, 2}, Rows: []float64{1, 2, 3}, Width: 2}
	m.values["backwards"] = Values{T: []float64{2, 1}, Rows: []float64{1, 2}, Width: 1}
	m.spikes["nobody"] = Spikes{Duration: 1}
	m.spikes["stranger"] = Spikes{Times: []float64{0.1}, IDs: []int64{5}, Neurons: 5, Duration: 1}
	m.spikes["uneven"] = Spikes{Times: []float64{0.1}, Neurons: 5, Duration: 1}
	m.spikes["timeless"] = Spikes{Neurons: 5}
	panel := func(p Panel) Figure {
		return Figure{Name: "f", Panels: []Panel{{Kind: Lines, Probes: []string{"input"}}, p}}
	}
	probes := func(kind string, names ...string) Figure { return panel(Panel{Kind: kind, Probes: names}) }
	series := func(s Series) Figure { return panel(Panel{Kind: XY, Series: []Series{s}}) }
	for _, test := range []struct {
		figure Figure
		want   string
	}{
		{Figure{Name: "f"}, `figure "f": 0 panels; give 1 to 40`},
		{Figure{Name: "f", Theme: "pink", Panels: []Panel{{Kind: Lines}}}, `figure "f": unknown theme "pink"; use light or dark`},
		{Figure{Name: "f", Width: -3, Panels: []Panel{{Kind: Lines}}}, `figure "f": width or height of -3 inches; give 1 to 100, or 0 for the default`},
		{probes("bars", "input"), `figure "f", panel 2 (bars): unknown kind "bars"; use lines, raster, rate, mean_rates, isi, cv, correlation, spectrum, histogram, xy, image`},
		{probes(Lines), `figure "f", panel 2 (lines): no probes; name at least one`},
		{probes(Lines, "inptu"), `figure "f", panel 2 (lines): probe "inptu": no such value probe; add it to the model`},
		{probes(Raster, "inptu"), `figure "f", panel 2 (raster): probe "inptu": no such spike probe; add it to the model`},
		{probes(Histogram, "inptu"), `figure "f", panel 2 (histogram): probe "inptu": no such value probe; add it to the model`},
		{probes(Lines, "nan"), `figure "f", panel 2 (lines): probe "nan" holds no finite number, only NaN or infinities; look for a division by zero in the model`},
		{probes(Lines, "empty"), `figure "f", panel 2 (lines): probe "empty" has no samples; simulate longer or sample more often`},
		{probes(Lines, "ragged"), `figure "f", panel 2 (lines): probe "ragged" has 3 numbers for 2 samples of width 2; give samples × width`},
		{probes(Lines, "backwards"), `figure "f", panel 2 (lines): probe "backwards": time 1 of sample 1 is not finite and ascending; sort the samples`},
		{probes(Raster, "nobody"), `figure "f", panel 2 (raster): probe "nobody" has no neurons; probe at least one`},
		{probes(Rate, "stranger"), `figure "f", panel 2 (rate): probe "stranger": spike 0 is of neuron 5; ids must be 0 to 4`},
		{probes(ISI, "uneven"), `figure "f", panel 2 (isi): probe "uneven" has 1 spike time and 0 neuron ids; give one id for each time`},
		{probes(ISI, "timeless"), `figure "f", panel 2 (isi): probe "timeless" was recorded for 0 s; simulate for a time above zero`},
		{panel(Panel{Kind: Lines, Probes: []string{"product"}, Labels: []string{"a", "b"}}), `figure "f", panel 2 (lines): 2 labels for 3 curves; give one each`},
		{panel(Panel{Kind: Lines, Probes: []string{"input"}, XLim: &[2]float64{1, 1}}), `figure "f", panel 2 (lines): xlim: 1 to 1 is no range; give two finite numbers in ascending order`},
		{panel(Panel{Kind: Rate, Probes: []string{"five"}, Bin: 1e-9}), `figure "f", panel 2 (rate): 1 s in bins of 1e-09 s are more than 100000 bins; give a larger bin`},
		{panel(Panel{Kind: MeanRates, Probes: []string{"five"}, Reference: Numbers{1, 2}}), `figure "f", panel 2 (mean_rates): reference has 2 rates for 1 probe; give one rate each`},
		{panel(Panel{Kind: Raster, Probes: []string{"five"}, Neurons: -1}), `figure "f", panel 2 (raster): neurons is -1; give a number above zero, or 0 for the default`},
		{panel(Panel{Kind: Spectrum, Probes: []string{"five"}, YLim: &[2]float64{0, 1}}), `figure "f", panel 2 (spectrum): ylim: 0 to 1 on a logarithmic axis; give numbers above zero`},
		{panel(Panel{Kind: Spectrum, Probes: []string{"five"}, Bin: 0.4}), `figure "f", panel 2 (spectrum): probe "five": 1 s hold only 2 bins of 0.4 s; record for longer, or give a smaller width`},
		{panel(Panel{Kind: Correlation, Probes: []string{"five"}, Bin: 2}), `figure "f", panel 2 (correlation): probe "five": 1 s hold fewer than two bins of 2 s; record for longer, or give a smaller width`},
		{panel(Panel{Kind: Image, Matrix: []Numbers{{1, 2}}, Rows: []string{"a", "b"}}), `figure "f", panel 2 (image): 2 row names for 1 row; give one each, of a matrix`},
		{panel(Panel{Kind: Image, Probes: []string{"product"}, Columns: []string{"a"}}), `figure "f", panel 2 (image): 1 column name for 1000 columns; give one each, of a matrix`},
		{panel(Panel{Kind: Image, Probes: []string{"product"}, Labels: []string{"a", "b"}}), `figure "f", panel 2 (image): 2 labels for one colour bar; give one`},
		{panel(Panel{Kind: XY}), `figure "f", panel 2 (xy): no series; give at least one with x and y`},
		{series(Series{X: Numbers{1, 2}, Y: Numbers{1}, Label: "a"}), `figure "f", panel 2 (xy): series 1 (a): x has 2 numbers and y has 1; give as many of each`},
		{series(Series{X: Numbers{1}, Rates: "five"}), `figure "f", panel 2 (xy): series 1: x has 1 number for the 5 neurons of probe "five"; give one each`},
		{series(Series{X: Numbers{1, 2}, Last: "input"}), `figure "f", panel 2 (xy): series 1: x has 2 numbers for the 1 dimension of probe "input"; give one each`},
		{series(Series{X: Numbers{1}, Y: Numbers{nan}}), `figure "f", panel 2 (xy): series 1: no point has a finite x and y; look for NaN in the arrays`},
		{series(Series{}), `figure "f", panel 2 (xy): series 1: no points; give x and y, or name a probe`},
		{series(Series{Style: "wavy"}), `figure "f", panel 2 (xy): series 1: unknown style "wavy"; use line, points, line+points or dashed`},
		{series(Series{Probe: "input"}), `figure "f", panel 2 (xy): series 1: probe "input" has one dimension; draw it with a lines panel, or probe two`},
		{panel(Panel{Kind: Image}), `figure "f", panel 2 (image): 0 matrix rows and 0 probes; give a matrix or exactly one probe`},
		{panel(Panel{Kind: Image, Matrix: []Numbers{{1, 2}, {3}}}), `figure "f", panel 2 (image): row 1 of the matrix has 1 number and row 0 has 2; make all rows as long`},
		{panel(Panel{Kind: Image, Matrix: []Numbers{{nan}}}), `figure "f", panel 2 (image): the matrix holds no finite number; look for NaN in it`},
	} {
		var b bytes.Buffer
		err := Draw(&b, "svg", test.figure, m)
		if err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") || b.Len() > 0 {
			t.Errorf("%q: more than one line, or something was written", err)
		}
	}
	err := Draw(io.Discard, "gif", gallery()[0], m)
	if want := `figure "decoded": unknown format "gif"; use png, svg or pdf`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The error of the data source can be found behind that of the figure.
func TestErrorsAreWrapped(t *testing.T) {
	err := Draw(io.Discard, "svg", gallery()[0], broken{})
	if !errors.Is(err, errDisk) {
		t.Errorf("%v does not wrap the cause", err)
	}
}

var errDisk = errors.New("disk on fire")

type broken struct{}

func (broken) Values(string) (Values, error) { return Values{}, errDisk }
func (broken) Spikes(string) (Spikes, error) { return Spikes{}, errDisk }

// Names come from models and may hold anything.
func TestOddTexts(t *testing.T) {
	m := results()
	for _, odd := range []string{"", " ", "two\nlines", "\xff\xfe", "\U0001f9e0", "\x00", "(((", "current ()", "(A)", "日本語", strings.Repeat("long ", 1000)} {
		f := Figure{Name: odd, Title: odd, Panels: []Panel{
			{Kind: Lines, Title: odd, XLabel: odd, YLabel: odd, XUnit: odd, YUnit: odd, Probes: []string{"input", "decoded"}, Labels: []string{odd, odd}},
			{Kind: Image, Matrix: []Numbers{{1, 2}}, Labels: []string{odd}},
			{Kind: XY, Series: []Series{{X: Numbers{1}, Y: Numbers{1}, Label: odd}}, Marks: []Mark{{1, odd}}},
		}}
		for _, format := range Formats() {
			svg := drawn(t, format, f, m)
			if format == "svg" {
				textsOf(t, svg) // it is well-formed
			}
		}
	}
}

// Nothing that numbers can be makes drawing panic or hang.
func TestAwkwardNumbers(t *testing.T) {
	awkward := []float64{0, 5e-324, 1e-99, 1e99, math.Inf(-1), -1e99, 1e300, math.NaN(), 1, 1 + 1e-15}
	for _, a := range awkward {
		for _, b := range awkward[5:] {
			m := memory{
				values: map[string]Values{"v": {T: []float64{1, 2, 3}, Rows: []float64{a, b, 1, a, b, a}, Width: 2}},
				spikes: map[string]Spikes{"s": {Times: []float64{0.1, 0.2}, Exact: []float64{a, b}, IDs: []int64{0, 0}, Neurons: 1, Duration: 1}},
			}
			f := Figure{Width: 2, Height: 1}
			for _, p := range []Panel{
				{Kind: Lines, Probes: []string{"v"}},
				{Kind: Histogram, Probes: []string{"v"}},
				{Kind: Image, Probes: []string{"v"}},
				{Kind: Raster, Probes: []string{"s"}},
				{Kind: Rate, Probes: []string{"s"}},
				{Kind: ISI, Probes: []string{"s"}},
				{Kind: CV, Probes: []string{"s"}},
				{Kind: Correlation, Probes: []string{"s"}},
				{Kind: Spectrum, Probes: []string{"s"}, YLim: &[2]float64{a, b}},
				{Kind: MeanRates, Probes: []string{"s"}, Reference: Numbers{a}},
				{Kind: Image, Matrix: []Numbers{{a, b}}, Columns: []string{"a", "b"}, Rows: []string{"r"}},
				{Kind: XY, Series: []Series{{X: Numbers{a, b, 1}, Y: Numbers{b, a, 2}, Style: LinePoints}}, XLim: &[2]float64{a, b}},
				{Kind: XY, Series: []Series{{X: Numbers{a, b, 1}, Y: Numbers{b, a, 2}}}, Marks: []Mark{{X: a}}},
			} {
				f.Panels = []Panel{p}
				// Either is fine: a figure, or an error that says why not.
				if err := Draw(io.Discard, "png", f, m); err != nil && !strings.HasPrefix(err.Error(), `figure "", panel 1`) {
					t.Errorf("%s of %v and %v: %v", p.Kind, a, b, err)
				}
			}
		}
	}
}

// A recording that can no longer be read gives an error and no figure, on whichever
// reading that happens.
func TestPiecesThatFail(t *testing.T) {
	f := Figure{Name: "f"}
	for _, kind := range []string{Raster, Rate, ISI, MeanRates, Correlation} {
		f.Panels = append(f.Panels, Panel{Kind: kind, Probes: []string{"s"}, Neurons: 3})
	}
	for _, kind := range []string{Lines, Image, Histogram} {
		f.Panels = append(f.Panels, Panel{Kind: kind, Probes: []string{"v"}})
	}
	f.Panels = append(f.Panels, Panel{Kind: XY, Series: []Series{{Probe: "v"}}})
	for readings := 0; ; readings++ {
		m := memory{
			values: map[string]Values{"v": wave(200, 2, 1e-3, func(t float64, k int) float64 { return math.Cos(9*t + float64(k)) })},
			spikes: map[string]Spikes{"s": train(6, 50, 0.2)},
		}.inPieces(37)
		left := readings
		v, s := m.values["v"], m.spikes["s"]
		v.Pieces, s.Pieces = failing(v.Pieces, &left), failing(s.Pieces, &left)
		m.values["v"], m.spikes["s"] = v, s
		var b bytes.Buffer
		err := Draw(&b, "svg", f, m)
		if left >= 0 {
			if err != nil || readings < 2*len(f.Panels) {
				t.Errorf("%d readings were enough (%v)", readings-left, err)
			}
			return
		}
		if !errors.Is(err, errDisk) || !strings.Contains(err.Error(), `: probe "`) || b.Len() > 0 {
			t.Errorf("reading %d: %v, %d bytes written", readings, err, b.Len())
		}
	}
}

// Figures take no memory in proportion to what was recorded: here 32 MB
// of spikes and values, each read several times.
func TestDrawingHoldsWhatIsSeen(t *testing.T) {
	const pieces, n, width, neurons = 100, 5000, 2, 100
	v, s := Values{Width: width}, Spikes{Neurons: neurons, Duration: pieces * n / 10 * 1e-3}
	v.Pieces = func(yield func(Values, error) bool) {
		piece := Values{T: make([]float64, n), Rows: make([]float64, n*width)}
		for i := range pieces {
			for k := range n {
				piece.T[k] = float64(i*n+k) * 1e-3
				piece.Rows[width*k], piece.Rows[width*k+1] = float64(k*k%1009), float64(k*i%997)
			}
			if !yield(piece, nil) {
				return
			}
		}
	}
	s.Pieces = func(yield func(Spikes, error) bool) {
		piece := Spikes{Times: make([]float64, n), IDs: make([]int64, n)}
		for i := range pieces {
			for k := range n {
				piece.Times[k], piece.IDs[k] = float64((i*n+k)/10+1)*1e-3, int64(k*7%neurons)
			}
			if !yield(piece, nil) {
				return
			}
		}
	}
	m := memory{values: map[string]Values{"v": v}, spikes: map[string]Spikes{"s": s}}
	for _, kind := range []string{Raster, Rate, ISI, CV, Correlation, Lines, Image, Histogram} {
		probe := "s"
		if slices.Contains([]string{Lines, Image, Histogram}, kind) {
			probe = "v"
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := Draw(io.Discard, "png", Figure{Panels: []Panel{{Kind: kind, Probes: []string{probe}}}}, m); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 100<<20 {
			t.Errorf("%s: %d bytes were allocated", kind, used)
		}
	}
}

// failing breaks the one reading after those that are left, behind its first piece.
func failing[Piece any](pieces iter.Seq2[Piece, error], left *int) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		*left--
		for piece, err := range pieces {
			if !yield(piece, err) {
				return
			}
			if *left == -1 {
				yield(piece, errDisk)
				return
			}
		}
	}
}
