package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/sim"
	"soma/synapse"
)

func newCheck() *cobra.Command {
	f := &modelFlags{}
	var verbose bool
	cmd := &cobra.Command{
		Use:   "check MODEL.star",
		Short: "Build a model without running it; show what it consists of",
		Long: "Build a model without running it. All mistakes are shown at once; a correct model\n" +
			"is shown as tables of its objects, with its size.",
		Args:              exactly("MODEL.star"),
		ValidArgsFunction: modelFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			model, s, err := f.build(cmd.ErrOrStderr(), args[0], sim.Options{})
			if err != nil {
				return err
			}
			if err := model.Complete(s); err != nil {
				return err
			}
			steps, err := s.StepsOf(model.Time)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			r := &overview{paint: painterFor(out), built: s, net: s.Network(), verbose: verbose}
			r.heading(steps, s.Dt())
			r.objects()
			r.connections()
			r.synapses()
			r.probes(s.Dt())
			if verbose {
				r.details()
				r.plan()
			}
			r.totals(steps, s.Dt())
			if _, err := io.WriteString(out, r.text.String()); err != nil {
				return err
			}
			warn(cmd.ErrOrStderr(), s.Network(), s.Dt(), model.Time)
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	f.add(cmd.Flags())
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "show every parameter, with its meaning")
	return cmd
}

// overview is the text of soma check.
type overview struct {
	paint   painter
	built   *sim.Simulator
	net     *soma.Network
	verbose bool
	text    strings.Builder
}

// table adds rows under a heading of column names; nothing without rows.
func (r *overview) table(names []string, rows [][]string, align string) {
	if len(rows) == 0 {
		return
	}
	lines := columns(append([][]string{names}, rows...), align)
	fmt.Fprintf(&r.text, "\n  %s\n", r.paint.dim(lines[0]))
	for _, line := range lines[1:] {
		fmt.Fprintf(&r.text, "  %s\n", line)
	}
}

func (r *overview) heading(steps int64, dt float64) {
	fmt.Fprintf(&r.text, "%s  %s\n", r.paint.bold(r.net.Name),
		r.paint.dim(fmt.Sprintf("%s in %s of %s, seed %d", duration(float64(steps)*dt), count(steps, "step"), duration(dt), r.net.Seed)))
}

func (r *overview) objects() {
	var rows [][]string
	for _, net := range r.shown() {
		if net.Kind != "" && !r.verbose {
			rows = append(rows, inside(net))
			continue
		}
		for _, e := range net.Ensembles {
			rows = append(rows, []string{"ensemble", e.Path(), grouped(int64(e.N)), fmt.Sprint(e.Dimensions), e.Neuron.Spec().Name, brief(e.Neuron)})
		}
		for _, p := range net.Populations {
			kind := "population"
			if isGenerator(p.Neuron) {
				kind = "generator"
			}
			rows = append(rows, []string{kind, p.Path(), grouped(int64(p.N)), "", p.Neuron.Spec().Name, brief(p.Neuron)})
		}
		for _, n := range net.Nodes {
			rows = append(rows, []string{"node", n.Path(), "", sizes(n), sourceOf(n), ""})
		}
	}
	r.table([]string{"kind", "name", "neurons", "dims", "model", "parameters"}, rows, "llrrll")
}

// shown are the networks that are shown: those inside of networks of a kind only
// with all details.
func (r *overview) shown() []*soma.Network {
	if r.verbose {
		return r.net.All()
	}
	return r.within(r.net)
}

func (r *overview) within(net *soma.Network) []*soma.Network {
	list := []*soma.Network{net}
	if net.Kind == "" {
		for _, sub := range net.Networks {
			list = append(list, r.within(sub)...)
		}
	}
	return list
}

// inside is the row of a network of a kind.
func inside(net *soma.Network) []string {
	neurons, ensembles := 0, 0
	for _, sub := range net.All() {
		for _, e := range sub.Ensembles {
			neurons += e.N
			ensembles++
		}
	}
	row := []string{"network", net.Path(), "", "", net.Kind, ""}
	if ensembles > 0 {
		row[2], row[5] = grouped(int64(neurons)), count(ensembles, "ensemble")
	}
	return row
}

// sizes is what goes into a node and what comes out.
func sizes(n *soma.Node) string {
	if n.SizeIn == 0 {
		return fmt.Sprint(n.SizeOut)
	}
	return fmt.Sprintf("%d→%d", n.SizeIn, n.SizeOut)
}

func sourceOf(n *soma.Node) string {
	switch {
	case n.Source != nil:
		return typeName(n.Source)
	case n.Function != nil:
		return "function"
	}
	return "passthrough"
}

func (r *overview) connections() {
	var rows [][]string
	learning := ""
	for _, net := range r.shown() {
		if net.Kind != "" && !r.verbose {
			continue
		}
		for _, conn := range net.Connections {
			if conn.Rule != nil {
				continue
			}
			if len(conn.Learning) > 0 {
				learning = "learning"
			}
			function := ""
			switch {
			case conn.Function != nil:
				function = "function"
			case conn.FunctionValues != nil:
				function = "function by values"
			}
			rows = append(rows, []string{
				conn.From.String(), "→ " + conn.To.String(), function, shape(conn),
				dynamics(conn), grouped(weights(conn)), rulesText(conn),
			})
		}
	}
	r.table([]string{"from", "  to", "", "transform", "synapse", "weights", learning}, rows, "lllllrl")
}

// dynamics describes the synapse of a connection that carries values, and its delay.
func dynamics(conn *soma.Connection) string {
	var parts []string
	if text := synapseText(conn.Synapse); text != "" {
		parts = append(parts, text)
	}
	if delay, ok := conn.Delay.(connect.Constant); ok {
		parts = append(parts, "delay "+param.Quantity(float64(delay), "s"))
	}
	return strings.Join(parts, ", ")
}

// rulesText names the learning rules of a connection.
func rulesText(conn *soma.Connection) string {
	var names []string
	for _, rule := range conn.Learning {
		names = append(names, rule.Spec().Name)
	}
	return strings.Join(names, ", ")
}

// shape describes a connection's transform: target × source.
func shape(conn *soma.Connection) string {
	if conn.Transform == nil {
		return ""
	}
	in, err := conn.FunctionSize()
	if err != nil {
		return ""
	}
	name := typeName(conn.Transform)
	if name == "scale" {
		return fmt.Sprintf("× %v", conn.Transform)
	}
	out, err := conn.Transform.Shape(in)
	if err != nil {
		return name
	}
	return fmt.Sprintf("%s %d × %d", name, out, in)
}

func (r *overview) probes(dt float64) {
	var rows [][]string
	for _, net := range r.net.All() {
		for _, p := range net.Probes {
			every := "every step"
			switch {
			case p.Quantity() == soma.Spikes:
				every = "when they happen"
			case p.SampleEvery > 0:
				every = "every " + duration(math.Round(p.SampleEvery/dt)*dt)
			}
			rows = append(rows, []string{p.Path(), p.Quantity(), "of " + p.Target.String(), every, synapseText(p.Synapse)})
		}
	}
	r.table([]string{"probe", "records", "", "", "synapse"}, rows, "lllll")
}

func synapseText(s synapse.Synapse) string {
	if synapse.IsNone(s) {
		return ""
	}
	if each, ok := s.(synapse.Each); ok {
		return fmt.Sprintf("%d, one for each value", len(each))
	}
	return strings.TrimSpace(typeName(s) + " " + all(s))
}

func (r *overview) totals(steps int64, dt float64) {
	size := measure(r.net)
	synapses, bytes := r.built.Synapses()
	numbers := count(size.weights, "weight")
	if synapses > 0 {
		numbers = count(int64(synapses), "synapse")
		if size.weights > 0 {
			numbers = count(size.weights, "weight") + " and " + numbers
		}
	}
	fmt.Fprintf(&r.text, "\n  %s, %s with %s, %s; about %s of memory\n",
		count(size.neurons, "neuron"), count(size.connections, "connection"), numbers,
		count(size.probes, "probe"), memory(size.bytes(r.net, steps, dt)+int64(bytes)))
}
