package script

import (
	"fmt"
	"slices"

	"go.starlark.net/starlark"

	"soma/internal/suggest"
	"soma/plot"
)

// axes are the parameters that all panels have.
var axes = []parameter{
	{name: "title", kind: "string", doc: "above the panel"},
	{name: "xlim", kind: "two numbers", doc: "ends of the horizontal axis"},
	{name: "ylim", kind: "two numbers", doc: "ends of the vertical axis"},
	{name: "xlabel", kind: "string", doc: "below the axis"},
	{name: "ylabel", kind: "string", doc: "beside the axis"},
	{name: "labels", kind: "list of strings", doc: "names of the curves, in place of those of the probes"},
}

// aroundAxes are parameters of a panel's own, before and after those that all have.
func aroundAxes(before []parameter, after ...parameter) []parameter {
	return slices.Concat(before, axes, after)
}

// panelKind describes a panel over probes.
type panelKind struct {
	kind  string
	needs needs
	doc   string
	extra []parameter
}

var bins = parameter{name: "bins", kind: "whole number", doc: "number of bins of the histogram"}

var panelKinds = []panelKind{
	{plot.Lines, valueProbe, "Values over time.", nil},
	{plot.Raster, spikeProbe, "Spikes over time, a row for each neuron, a band for each probe.", []parameter{
		{name: "neurons", kind: "whole number", doc: "the most that are shown of each probe, evenly chosen; default: as many as can be told apart"},
	}},
	{plot.Rate, spikeProbe, "Spikes per second and neuron over time.", []parameter{
		{name: "bin", kind: "s", doc: "width of a bin; default: about 1 % of the time"},
		{name: "sigma", kind: "s", doc: "smooths with a Gaussian of this width"},
	}},
	{plot.MeanRates, spikeProbe, "The mean rate of each probe as a bar.", []parameter{
		{name: "reference", kind: "list of numbers", doc: "a rate for each probe to compare with, in hertz"},
	}},
	{plot.ISI, spikeProbe, "Histogram of the intervals between spikes.", []parameter{bins}},
	{plot.CV, spikeProbe, "Histogram of how irregularly neurons fire: the coefficients of variation of their intervals.", []parameter{bins}},
	{plot.Correlation, spikeProbe, "Histogram of the correlation coefficients of pairs of neurons' spike counts.", []parameter{
		bins,
		{name: "bin", kind: "s", def: "2*ms", doc: "width of the bins in which spikes are counted"},
		{name: "neurons", kind: "whole number", def: "200", doc: "how many are drawn of each probe"},
	}},
	{plot.Spectrum, spikeProbe, "Power spectrum of a population's activity.", []parameter{
		{name: "bin", kind: "s", def: "1*ms", doc: "width of the bins in which spikes are counted"},
	}},
	{plot.Histogram, anyProbe, "Histogram of values, or of the rates of neurons.", []parameter{bins}},
}

// panels are the functions that make panels.
func panels() []builder {
	var list []builder
	for _, k := range panelKinds {
		sig := &signature{name: k.kind, rest: "probe, ", doc: k.doc, params: aroundAxes(nil, k.extra...)}
		list = append(list, builder{sig, func(s *session, c *call) starlark.Value { return c.probePanel(k) }})
	}
	return append(list,
		builder{similaritySignature, (*session).similarity},
		builder{xySignature, (*session).xy},
		builder{imageSignature, (*session).image},
		builder{tuningSignature, (*session).tuningCurves},
		builder{responseSignature, (*session).responseCurves},
		builder{decodingSignature, (*session).decodingError},
	)
}

func (c *call) probePanel(k panelKind) starlark.Value {
	v := c.newPanel(k.kind)
	if len(c.rest) == 0 && !c.bad {
		c.reportAt(c.pos, "", "it names no probe", "write "+k.kind+"(\"name\")")
	}
	v.panel.Probes = make([]string, len(c.rest))
	for i, arg := range c.rest {
		c.probeRef(v, arg, i, k.needs, &v.panel.Probes[i])
	}
	for _, p := range k.extra {
		switch p.name {
		case "bins":
			c.whole("bins", &v.panel.Bins)
		case "bin":
			c.number("bin", &v.panel.Bin)
		case "sigma":
			c.number("sigma", &v.panel.Sigma)
		case "neurons":
			c.whole("neurons", &v.panel.Neurons)
		case "reference":
			c.reference(&v.panel)
		}
	}
	return v
}

// reference reads a rate for each probe.
func (c *call) reference(p *plot.Panel) {
	if !c.given("reference") {
		return
	}
	values, problem := toFloats(c.value("reference"))
	if problem == "" && len(values) != len(p.Probes) {
		problem = fmt.Sprintf("%s for %s", plural(len(values), "rate"), plural(len(p.Probes), "probe"))
	}
	if problem != "" {
		c.report("reference", problem, "give a list of one rate for each probe")
		return
	}
	p.Reference = values
}

// newPanel reads what all panels have.
func (c *call) newPanel(kind string) *panelValue {
	v := &panelValue{call: c, panel: plot.Panel{Kind: kind}}
	p := &v.panel
	c.text("title", &p.Title)
	c.text("xlabel", &p.XLabel)
	c.text("ylabel", &p.YLabel)
	c.limits("xlim", &p.XLim)
	c.limits("ylim", &p.YLim)
	c.texts("labels", &p.Labels)
	return v
}

// probeRef notes a probe, given by name or as what model.probe made.
func (c *call) probeRef(v *panelValue, arg starlark.Value, i int, n needs, into *string) {
	ref := probeRef{pos: c.restPos(i), spikes: n, into: into}
	switch arg := arg.(type) {
	case starlark.String:
		ref.name = string(arg)
	case *probeValue:
		ref.probe = arg
	case *poison:
		c.s.lostProbes++
		return
	default:
		c.reportAt(ref.pos, "", describe(arg)+" is no probe", "give the name of a probe, in quotes")
		return
	}
	v.probes = append(v.probes, ref)
}

func (c *call) limits(name string, into **[2]float64) {
	if !c.given(name) {
		return
	}
	values, problem := toFloats(c.value(name))
	switch {
	case problem != "":
	case len(values) != 2:
		problem = describe(c.value(name)) + " does not have two numbers"
	case !(values[0] < values[1]):
		problem = fmt.Sprintf("%g is not below %g", values[0], values[1])
	}
	if problem != "" {
		c.report(name, problem, "give two numbers in ascending order, such as (0, 1)")
		return
	}
	*into = &[2]float64{values[0], values[1]}
}

func (c *call) texts(name string, into *[]string) {
	if !c.given(name) {
		return
	}
	list, ok := c.value(name).(starlark.Indexable)
	if text, single := c.value(name).(starlark.String); single {
		list = starlark.Tuple{text}
	} else if !ok {
		c.report(name, describe(c.value(name))+" is no list of strings", "write [\"a\", \"b\"]")
		return
	}
	for i := range list.Len() {
		text, ok := starlark.AsString(list.Index(i))
		if !ok {
			c.report(name, describe(list.Index(i))+" is no string", "write [\"a\", \"b\"]")
			return
		}
		*into = append(*into, text)
	}
}

// ratesValue stands for the rates of a probe's neurons in an xy panel, lastValue
// for a probe's last values.
type (
	ratesValue struct{ starlark.Value } // the probe or its name
	lastValue  struct{ starlark.Value }
)

func (v ratesValue) Type() string { return "rates" }
func (v lastValue) Type() string  { return "last" }

var ratesSignature = &signature{
	name: "rates", byPosition: 1,
	doc:    "For `xy`: the rate of each neuron of a spike probe, in hertz, from its intervals between spikes.",
	params: []parameter{{name: "probe", kind: "string or probe", required: true, doc: "the spike probe"}},
}

func (s *session) rates(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	return ratesValue{c.value("probe")}
}

var lastSignature = &signature{
	name: "last", byPosition: 1,
	doc:    "For `xy`: the last sample of a value probe, such as the weights in the end.",
	params: []parameter{{name: "probe", kind: "string or probe", required: true, doc: "the value probe"}},
}

func (s *session) last(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	return lastValue{c.value("probe")}
}

var xySignature = &signature{
	name: "xy", rest: "x, y, ",
	doc: "Curves of given numbers: x and y by turns, as lists or arrays; `rates(\"probe\")` or `last(\"probe\")` as a y. A value probe alone shows its first two dimensions against each other.",
	params: aroundAxes(nil,
		parameter{name: "styles", kind: "list of strings", doc: "`line` (the default), `points`, `line+points` or `dashed`, for each curve"},
		parameter{name: "xunit", kind: "string", doc: "unit of the horizontal axis, such as `A`; a prefix is chosen"},
		parameter{name: "yunit", kind: "string", doc: "unit of the vertical axis"},
	),
}

func (s *session) xy(c *call) starlark.Value {
	v := c.newPanel(plot.XY)
	p := &v.panel
	c.text("xunit", &p.XUnit)
	c.text("yunit", &p.YUnit)
	for i := 0; i < len(c.rest); i++ {
		p.Series = append(p.Series, plot.Series{})
	}
	curves := 0
	for i := 0; i < len(c.rest); curves++ {
		i += c.series(v, i, &p.Series[curves])
	}
	p.Series = p.Series[:curves]
	if curves == 0 && !c.bad {
		c.reportAt(c.pos, "", "it has no curve", "write xy(x, y)")
	}
	c.styles(p)
	return v
}

// series reads one curve from the i-th argument on and gives the number of
// arguments it took.
func (c *call) series(v *panelValue, i int, into *plot.Series) int {
	switch arg := c.rest[i].(type) {
	case starlark.String, *probeValue:
		c.probeRef(v, arg, i, valueProbe, &into.Probe)
		return 1
	}
	if i+1 == len(c.rest) {
		c.reportAt(c.restPos(i), "", "an x without a y", "give x and y by turns")
		return 1
	}
	x, y := c.rest[i], c.rest[i+1]
	c.numbers(x, i, &into.X)
	switch y := y.(type) {
	case ratesValue:
		c.probeRef(v, y.Value, i+1, spikeProbe, &into.Rates)
		return 2
	case lastValue:
		c.probeRef(v, y.Value, i+1, valueProbe, &into.Last)
		return 2
	}
	c.numbers(y, i+1, &into.Y)
	if !c.bad && len(into.X) != len(into.Y) {
		c.reportAt(c.restPos(i+1), "", fmt.Sprintf("%d values of y for %d of x", len(into.Y), len(into.X)), "give as many")
	}
	return 2
}

func (c *call) numbers(v starlark.Value, i int, into *plot.Numbers) {
	if tainted(v) {
		c.bad = true
		return
	}
	values, problem := toFloats(v)
	if problem != "" {
		c.reportAt(c.restPos(i), "", problem, "give a list of numbers or an array")
		return
	}
	*into = values
}

func (c *call) styles(p *plot.Panel) {
	var styles []string
	c.texts("styles", &styles)
	if len(styles) > len(p.Series) {
		c.report("styles", fmt.Sprintf("%s for %s", plural(len(styles), "style"), plural(len(p.Series), "curve")), "give one each")
		return
	}
	known := []string{plot.Line, plot.Points, plot.LinePoints, plot.Dashed}
	for i, style := range styles {
		if !slices.Contains(known, style) {
			c.report("styles", fmt.Sprintf("there is no style %q%s", style, suggest.Hint(style, known)), "give line, points, line+points or dashed")
			return
		}
		p.Series[i].Style = style
	}
}

var imageSignature = &signature{
	name: "image", byPosition: 1,
	doc: "A matrix as an image, the weights of a connection with a rule, the decoders of one from an ensemble (a column for each neuron), or the dimensions of a value probe over time.",
	params: aroundAxes([]parameter{{name: "matrix", kind: "matrix, connection, string or probe", required: true, doc: "what is shown"}},
		parameter{name: "levels", kind: "two numbers", doc: "values at the ends of the colour bar"},
		parameter{name: "rows", kind: "list of strings", doc: "names of the rows of a matrix, whose numbers are then written into the cells"},
		parameter{name: "columns", kind: "list of strings", doc: "names of its columns"}),
}

func (s *session) image(c *call) starlark.Value {
	v := c.newPanel(plot.Image)
	c.limits("levels", &v.panel.Levels)
	c.texts("rows", &v.panel.Rows)
	c.texts("columns", &v.panel.Columns)
	switch arg := c.value("matrix").(type) {
	case nil:
		c.s.lostProbes++
	case starlark.String, *probeValue:
		v.panel.Probes = make([]string, 1)
		c.probeRef(v, arg, 0, valueProbe, &v.panel.Probes[0])
		if n := len(v.probes); n > 0 {
			v.probes[n-1].pos = c.argumentPos("matrix")
		}
	case *connectionValue:
		c.connectionImage(v, arg.Connection)
	default:
		rows, problem := toMatrix(arg)
		if problem != "" {
			c.report("matrix", problem, "give a matrix, a connection, or the name of a probe")
			return v
		}
		for _, row := range rows {
			v.panel.Matrix = append(v.panel.Matrix, row)
		}
	}
	return v
}

// orElse is text, or another where there is none.
func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
