package main

import (
	"fmt"
	"io"
	"math"

	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/learn"
	"soma/neuron"
	"soma/record"
	"soma/synapse"
)

// warn writes what is no mistake but seldom meant: times that the step or the
// simulation cannot follow, numbers without their unit, rules that are not driven.
func warn(w io.Writer, root *soma.Network, dt, time float64) {
	v := warnings{w: w, paint: painterFor(w), dt: dt, time: time, driven: driven(root), said: map[string]bool{}}
	for _, net := range root.All() {
		for _, e := range net.Ensembles {
			v.neurons(e.Neuron, e.Path(), e.FieldPosition("neuron"))
		}
		for _, p := range net.Populations {
			if p.Ensemble() == nil {
				v.neurons(p.Neuron, p.Path(), p.FieldPosition("neuron"))
			}
		}
		for _, conn := range net.Connections {
			v.synapse(conn.Synapse, conn.Path(), conn.FieldPosition("synapse"))
			v.delay(conn)
			v.weight(conn)
			v.learning(conn)
		}
		for _, p := range net.Probes {
			v.synapse(p.Synapse, p.Path(), p.FieldPosition("synapse"))
			v.recording(p)
		}
	}
}

type warnings struct {
	w        io.Writer
	paint    painter
	dt, time float64 // of a step, and to be simulated
	driven   map[soma.LearningInput]bool
	said     map[string]bool // places: one of a loop is enough
}

// driven are the rules to which something is connected.
func driven(root *soma.Network) map[soma.LearningInput]bool {
	inputs := map[soma.LearningInput]bool{}
	for _, net := range root.All() {
		for _, conn := range net.Connections {
			if in, ok := conn.To.Of.(soma.LearningInput); ok {
				inputs[in] = true
			}
		}
	}
	return inputs
}

func (v *warnings) say(pos soma.Position, object, field, problem, remedy string) {
	place := pos.String() + field
	if v.said[place] {
		return
	}
	v.said[place] = true
	fmt.Fprintln(v.w, v.paint.yellow("warning:"), paintError(v.paint, &soma.Error{
		Pos: pos, Object: object, Field: field, Problem: problem, Remedy: remedy,
	}))
}

// unusual are values, by their unit, beyond which the prefix of a unit has
// probably been forgotten.
var unusual = map[string]struct {
	most   float64
	prefix string
}{
	"s": {10, "ms"}, "V": {1, "mV"}, "A": {1e-6, "pA"}, "F": {1e-3, "pF"}, "S": {1e-3, "nS"},
}

// prefix is how to write a value in the unit that it probably has; "" for a usual
// value.
func prefix(x float64, unit string) string {
	u, ok := unusual[unit]
	switch {
	case !ok || math.Abs(x) <= u.most || math.IsInf(x, 0):
		return ""
	case math.Abs(x) < 0.1:
		return "give it in " + u.prefix + " if that is meant"
	}
	return fmt.Sprintf("write %g*%s if that is meant", x, u.prefix)
}

func (v *warnings) neurons(m neuron.Model, object string, pos soma.Position) {
	if isGenerator(m) {
		return // begins and ends at any time
	}
	for _, f := range param.Fields(m) {
		x, ok := f.Value(m).Interface().(float64)
		if !ok {
			continue
		}
		if remedy := prefix(x, f.Unit); remedy != "" {
			v.say(pos, object, "neuron."+f.Name, fmt.Sprintf("%s is much for a neuron", param.Quantity(x, f.Unit)), remedy)
		}
	}
}

func (v *warnings) synapse(s synapse.Synapse, object string, pos soma.Position) {
	t, ok := s.(synapse.TimeConstant)
	if !ok || t.TimeConstant() <= 0 {
		return
	}
	tau := param.Quantity(t.TimeConstant(), "s")
	if t.TimeConstant() < v.dt {
		v.say(pos, object, "synapse", fmt.Sprintf("the time constant of %s is below the step of %s", tau, duration(v.dt)),
			fmt.Sprintf("use a dt of at most %s, or a longer time constant", tau))
	}
	if remedy := prefix(t.TimeConstant(), "s"); remedy != "" {
		v.say(pos, object, "synapse", fmt.Sprintf("a time constant of %s is long for a synapse", tau), remedy)
	}
}

func (v *warnings) delay(conn *soma.Connection) {
	c, ok := conn.Delay.(connect.Constant)
	if !ok {
		return
	}
	delay, pos := float64(c), conn.FieldPosition("delay")
	switch {
	case delay >= v.time:
		v.say(pos, conn.Path(), "delay", fmt.Sprintf("with a delay of %s nothing arrives in the %s that are simulated", duration(delay), duration(v.time)),
			fmt.Sprintf("simulate for longer, or write %g*ms if that is meant", delay))
	case delay < v.dt*0.999:
		v.say(pos, conn.Path(), "delay", fmt.Sprintf("the delay of %s is below the step, and becomes %s", duration(delay), duration(v.dt)),
			fmt.Sprintf("use a dt of at most %s", duration(delay)))
	}
}

// weight looks at a weight that is the same for all synapses.
func (v *warnings) weight(conn *soma.Connection) {
	w, ok := conn.Weight.(connect.Constant)
	to, isPopulation := conn.To.Of.(*soma.Population)
	if conn.Rule == nil || !ok || !isPopulation || isCurrent(conn.From) {
		return
	}
	for _, r := range to.Neuron.Spec().Receptors {
		if conn.Receptor != "" && r.Name != conn.Receptor {
			continue
		}
		if remedy := prefix(float64(w), r.Unit); remedy != "" {
			v.say(conn.FieldPosition("weight"), conn.Path(), "weight", fmt.Sprintf("%s is much for a synapse", param.Quantity(float64(w), r.Unit)), remedy)
		}
		return
	}
}

// isCurrent says that weights are factors of a generated current.
func isCurrent(from soma.Slice) bool {
	p, ok := from.Of.(*soma.Population)
	return ok && p.Neuron.Spec().OutputUnit == "A"
}

// recording looks for probes that will fill a disk.
func (v *warnings) recording(p *soma.Probe) {
	const much = 10e9 // bytes
	if bytes := 8 * samplesOf(p, int64(v.time/v.dt+0.5), v.dt); bytes > much {
		v.say(p.FieldPosition("sample_every"), p.Path(), "sample_every", "it will record "+memory(bytes), "record less often, such as sample_every = 10*ms, or a part")
	}
}

// learning looks for rules that wait for an error, or for dopamine, in vain.
func (v *warnings) learning(conn *soma.Connection) {
	for k, rule := range conn.Learning {
		in := conn.LearningInput(k)
		var what string
		switch rule.Spec().Input {
		case learn.ErrorOfTarget:
			what = "the error"
		case learn.Spikes:
			what = "a population"
		}
		if what == "" || v.driven[in] {
			continue
		}
		v.say(conn.FieldPosition("learning"), conn.Path(), "learning",
			"nothing is connected to the rule "+rule.Spec().Name+", which waits for it", "connect "+what+" to the learning of this connection")
	}
}

// warnOtherSeed says that what is loaded belongs to neurons of another seed.
func warnOtherSeed(w io.Writer, dir string, seed uint64) {
	run, err := record.ReadRun(dir)
	if err != nil || run.Seed == seed {
		return // a file from elsewhere has no seed
	}
	fmt.Fprintf(w, "%s --load %s: it was learned with the seed %d, and this run has %d: other neurons are drawn; give --seed %d if that is not meant\n",
		painterFor(w).yellow("warning:"), dir, run.Seed, seed, run.Seed)
}
