package script

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"soma"
	"soma/internal/suggest"
	"soma/plot"
	"soma/sim"
)

var figureSignature = &signature{
	name: "figure", byPosition: 1, rest: "panel, ",
	doc: "A figure of the results: panels under each other. It is written to a file of its name.",
	params: []parameter{
		{name: "name", kind: "string", required: true, doc: "name of the file"},
		{name: "title", kind: "string", doc: "above the figure"},
		{name: "width", kind: "number", def: "8", doc: "inches"},
		{name: "height", kind: "number", doc: "inches; default: what the panels need"},
	},
}

// panelValue is a panel in a model file. Probes are names, or probes whose
// names are known at the end.
type panelValue struct {
	call   *call
	panel  plot.Panel
	probes []probeRef
	// show completes the panel with what it shows of the built network; nil for
	// panels of probes and of given numbers.
	show func(*sim.Simulator, *plot.Panel) error
}

// probeRef is a probe that a panel shows.
type probeRef struct {
	name   string
	probe  *probeValue // nil when it is given by name
	pos    soma.Position
	spikes needs
	into   *string
}

// needs is what a panel can show of a probe.
type needs int

const (
	anyProbe needs = iota
	spikeProbe
	valueProbe
)

func (v *panelValue) String() string        { return "<panel " + v.panel.Kind + ">" }
func (v *panelValue) Type() string          { return "panel" }
func (v *panelValue) Freeze()               {}
func (v *panelValue) Truth() starlark.Bool  { return true }
func (v *panelValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: panel") }

// safeName leaves the length to maxName: a bound in the expression takes
// milliseconds to compile.
var safeName = regexp.MustCompile(`^[\pL\pN_][\pL\pN_ .+-]*$`)

const maxName = 99 // letters

// reserved are names that cannot be files on some systems.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$`)

func (s *session) figure(c *call) starlark.Value {
	f := figure{pos: c.pos}
	c.text("name", &f.figure.Name)
	c.text("title", &f.figure.Title)
	c.number("width", &f.figure.Width)
	c.number("height", &f.figure.Height)
	c.checkName(f.figure.Name)
	for i, v := range c.rest {
		switch v := v.(type) {
		case *panelValue:
			f.panels = append(f.panels, v)
		case *poison:
		default:
			c.reportAt(c.restPos(i), "", describe(v)+" is no panel", "give panels, such as lines(\"probe\")")
		}
	}
	if len(c.rest) == 0 && !c.bad {
		c.reportAt(c.pos, "", "a figure without panels", "give panels, such as lines(\"probe\")")
	}
	s.figures = append(s.figures, f)
	return starlark.None
}

func (c *call) checkName(name string) {
	if !c.given("name") || c.spoilt["name"] {
		return
	}
	if !safeName.MatchString(name) || len([]rune(name)) > maxName || reserved.MatchString(name) || strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		c.report("name", fmt.Sprintf("%q cannot be the name of a file", name), "use letters, digits, spaces, - and _")
	}
	for _, other := range c.s.figures {
		if strings.EqualFold(other.figure.Name, name) {
			c.report("name", fmt.Sprintf("%q is the name of the figure at %s already", name, other.pos), "give another name")
		}
	}
}

// restPos is where the i-th of the further positional arguments is.
func (c *call) restPos(i int) soma.Position { return c.argPos(c.sig.byPosition + i) }

// completeFigures checks the probes that panels name.
func (s *session) completeFigures(m *Model) []plot.Figure {
	var figures []plot.Figure
	var probes []*soma.Probe
	var names []string
	if m.Network != nil {
		for _, net := range m.Network.All() {
			for _, p := range net.Probes {
				probes, names = append(probes, p), append(names, p.Path())
			}
		}
	}
	for _, f := range s.figures {
		for _, panel := range f.panels {
			show := shown{figure: len(figures), panel: len(f.figure.Panels), value: panel}
			for _, ref := range panel.probes {
				if p := s.completeProbe(m, panel, ref, probes, names); p != nil {
					show.probes = append(show.probes, p)
				}
			}
			m.shown = append(m.shown, show)
			if bad := badList(&panel.panel); bad != nil && panel.show == nil && !panel.call.bad {
				panel.call.report(bad.field, bad.problem, bad.remedy)
			}
			f.figure.Panels = append(f.figure.Panels, panel.panel)
		}
		figures = append(figures, f.figure)
	}
	return figures
}

// completeProbe resolves one probe of a panel; nil if there is none of that name.
func (s *session) completeProbe(m *Model, panel *panelValue, ref probeRef, probes []*soma.Probe, names []string) *soma.Probe {
	name := ref.name
	if ref.probe != nil {
		name = ref.probe.Path()
	}
	*ref.into = name
	i := slices.Index(names, name)
	object := panel.panel.Kind
	if i < 0 {
		if s.ended && len(s.mistakes) > 0 || s.lostProbes > 0 || m.Network == nil {
			return nil
		}
		remedy := "there is: " + strings.Join(names, ", ")
		if len(names) == 0 {
			remedy = "the model has no probes; write model.probe(…, name = \"" + name + "\")"
		}
		s.report(soma.Error{Pos: ref.pos, Object: object, Problem: fmt.Sprintf("there is no probe %q%s", name, suggest.Hint(name, names)), Remedy: remedy})
		return nil
	}
	spikes := probes[i].Quantity() == soma.Spikes
	switch {
	case ref.spikes == spikeProbe && !spikes:
		s.report(soma.Error{Pos: ref.pos, Object: object, Problem: fmt.Sprintf("probe %q records values, not spikes", name), Remedy: "show it with lines, or probe the spikes of neurons"})
	case ref.spikes == valueProbe && spikes:
		s.report(soma.Error{Pos: ref.pos, Object: object, Problem: fmt.Sprintf("probe %q records spikes, not values", name), Remedy: "show it with raster or rate"})
	}
	return probes[i]
}
