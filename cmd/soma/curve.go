package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"soma/internal/param"
	"soma/neuron"
	"soma/plot"
	"soma/record"
	"soma/script"
)

// curveFlags are the options of soma curve.
type curveFlags struct {
	neuron   textFlag
	set      settings
	named    map[string]*textFlag // parameters given as flags of their own
	currents textFlag
	time, dt timeFlag
	out      textFlag
	figures  choices
	json     bool
}

func newCurve() *cobra.Command {
	f := &curveFlags{
		neuron:   textFlag{kind: "MODEL"},
		named:    map[string]*textFlag{},
		currents: textFlag{kind: "FROM:TO:N"},
		out:      textFlag{kind: "DIR"},
		figures:  choices{known: plot.Formats(), none: true, chosen: []string{"png"}},
	}
	cmd := &cobra.Command{
		Use:   "curve --neuron MODEL",
		Short: "f–I curve of a neuron model: simulated beside the closed form",
		Long: "Simulate neurons at many constant currents, and compare their rates with the closed\n" +
			"form. Rates are taken from exact inter-spike intervals. Point neurons fire at the ends\n" +
			"of steps: for them the closed form is the limit of short steps. A parameter with several\n" +
			"values, separated by commas, gives a curve for each.",
		Example: `  soma curve --neuron LIF
  soma curve --neuron LIF --tau_rc 20ms --tau_ref 1ms,2ms,4ms --currents 0:3:61
  soma curve --neuron iaf_psc_exp --t_ref 0ms,2ms
  soma curve --neuron LeakyIF --set tau_ref=2ms --currents 0:5nA:51 --out leaky`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&f.neuron, "neuron", orList(ratedNames()))
	flags.Var(&f.set, "set", "give a parameter of the model a value, or several (repeatable)")
	flags.Var(&f.currents, "currents", "N constant currents, evenly spaced (default: to three times the threshold)")
	flags.Var(&f.time, "time", "how long to simulate each (default 10 s)")
	flags.Var(&f.dt, "dt", "length of a step (default 1 ms; 10 us for point neurons)")
	flags.Var(&f.out, "out", "where to write the results (default MODEL_curve.out)")
	flags.Var(&f.figures, "figures", "formats of the figure, separated by commas")
	flags.BoolVar(&f.json, "json", false, "print the contents of run.json, and nothing else")
	f.addParameters(flags)
	completeFlag(cmd, "neuron", &one{known: ratedNames()})
	completeFlag(cmd, "figures", &f.figures)
	if err := cmd.MarkFlagDirname("out"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

// rated lists the models whose closed form is known.
func rated() []neuron.Model {
	var models []neuron.Model
	for _, m := range script.NeuronModels() {
		if _, ok := m.(neuron.Rater); ok {
			models = append(models, m)
		}
	}
	return models
}

func ratedNames() []string {
	var names []string
	for _, m := range rated() {
		names = append(names, m.Spec().Name)
	}
	return names
}

// addParameters makes a flag of every parameter that some model has.
func (f *curveFlags) addParameters(flags *pflag.FlagSet) {
	for _, m := range rated() {
		for _, p := range param.Fields(m) {
			if flags.Lookup(p.Name) == nil {
				f.named[p.Name] = &textFlag{kind: "VALUES"}
				flags.Var(f.named[p.Name], p.Name, p.Doc)
			}
		}
	}
}

func (f *curveFlags) run(cmd *cobra.Command) error {
	family, err := f.family(cmd.Flags())
	if err != nil {
		return err
	}
	if f.out.text == "" {
		f.out.text = f.neuron.text + "_curve.out"
	}
	if err := record.Check(f.out.text); err != nil {
		return err
	}
	c, err := f.measure(family)
	if err != nil {
		return err
	}
	result, err := c.result()
	if err != nil {
		return err
	}
	var undrawn error
	result.Files, undrawn = draw(result, []plot.Figure{c.figure()}, f.figures.chosen)
	result.Run.PeakMemory = peakMemory()
	if err := record.Write(f.out.text, result, record.NPZ); err != nil {
		return err
	}
	if err := f.show(cmd, c, result); err != nil {
		return err
	}
	return undrawn
}

func (f *curveFlags) show(cmd *cobra.Command, c *curves, result *record.Result) error {
	text := []byte(c.table(painterFor(cmd.OutOrStdout()), f.out.text, result))
	if f.json {
		var err error
		if text, err = result.Run.JSON(); err != nil {
			return err
		}
	}
	_, err := cmd.OutOrStdout().Write(text)
	return err
}

// family makes one model for each combination of the given values.
func (f *curveFlags) family(flags *pflag.FlagSet) ([]member, error) {
	base, err := f.model()
	if err != nil {
		return nil, err
	}
	given := map[string]string{}
	for name, value := range f.named {
		if flags.Changed(name) {
			given[name] = value.text
		}
	}
	for name, text := range f.set.values {
		if _, twice := given[name]; twice {
			return nil, usagef("%s is given by --set and by --%s", name, name)
		}
		given[name] = text
	}
	family := []member{{model: base}}
	for _, p := range param.Fields(base) {
		text, ok := given[p.Name]
		if !ok {
			continue
		}
		delete(given, p.Name)
		if family, err = vary(family, p, text); err != nil {
			return nil, err
		}
	}
	for name := range given {
		var known []string
		for _, p := range param.Fields(base) {
			known = append(known, p.Name)
		}
		return nil, usagef("%s has no parameter %q%s; it has %s", f.neuron.text, name, didYouMean(name, known, ""), strings.Join(known, ", "))
	}
	return family, checkFamily(family)
}

func (f *curveFlags) model() (neuron.Model, error) {
	if f.neuron.text == "" {
		return nil, usagef("--neuron is missing; give %s", orList(ratedNames()))
	}
	named := func(is func(a, b string) bool) neuron.Model {
		for _, m := range rated() {
			if is(m.Spec().Name, f.neuron.text) {
				return m
			}
		}
		return nil
	}
	// Two models differ in the case of their names alone.
	same := func(a, b string) bool { return a == b }
	if m := cmp.Or(named(same), named(strings.EqualFold)); m != nil {
		f.neuron.text = m.Spec().Name
		return m, nil
	}
	return nil, usagef("--neuron %s: no model of that name with a closed form%s; give %s", f.neuron.text, didYouMean(f.neuron.text, ratedNames(), ""), orList(ratedNames()))
}

// vary gives every member each of the values of a parameter.
func vary(family []member, p param.Field, text string) ([]member, error) {
	var next []member
	values := strings.Split(text, ",")
	for _, m := range family {
		for _, value := range values {
			x, err := quantity(value, p.Unit)
			if err != nil {
				return nil, usagef("%s %s: %w", p.Name, value, err)
			}
			changed := member{model: with(m.model, p, x), label: m.label}
			if len(values) > 1 {
				changed.label = strings.TrimPrefix(m.label+", "+p.Name+" "+param.Quantity(x, p.Unit), ", ")
			}
			next = append(next, changed)
		}
	}
	if len(next) > maxCurves {
		return nil, usagef("%d curves are more than fit a figure; give at most %d", len(next), maxCurves)
	}
	return next, nil
}

func checkFamily(family []member) error {
	for _, m := range family {
		for _, p := range neuron.Check(m.model) {
			return fmt.Errorf("%s.%s: %s; %s", m.model.Spec().Name, p.Field, p.Problem, p.Remedy)
		}
	}
	return nil
}
