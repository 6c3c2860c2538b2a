package soma

import (
	"fmt"
	"slices"
	"strings"

	"soma/connect"
	"soma/internal/param"
	"soma/internal/rng"
	"soma/internal/suggest"
	"soma/neuron"
)

// checkRule checks a connection by single synapses.
func (conn *Connection) checkRule(c *checker) {
	o := conn.named()
	from, fromOK := conn.From.Of.(*Population)
	to, toOK := conn.To.Of.(*Population)
	if !fromOK || !toOK {
		c.report(o, "rule", "a rule connects neurons", "connect populations, or the neurons of ensembles")
		return
	}
	if from.Neuron == nil || to.Neuron == nil {
		return // reported with the population
	}
	if from.Neuron.Spec().OutputUnit == "A" {
		conn.checkCurrent(c, o)
		if len(conn.Learning) > 0 {
			c.report(o, "learning", "a current has no synapses that could learn", "leave it out")
		}
		return
	}
	if !from.Neuron.Spec().Spiking {
		c.report(o, "from", from.Neuron.Spec().Name+" does not spike", "connect with a transform")
		return
	}
	if len(to.Neuron.Spec().Receptors) == 0 {
		c.report(o, "to", to.Neuron.Spec().Name+" has no receptors for spikes, only an input current",
			"leave the rule out and give a transform and a synapse, or use a model such as neuron.iaf_psc_exp")
		return
	}
	if conn.Weight == nil {
		c.report(o, "weight", "no weight", "give one in the unit of the receptor ("+to.Neuron.Spec().Receptors[0].Unit+")")
		return
	}
	if !conn.checkPlan(c, o) {
		return
	}
	conn.checkSynapseRules(c, o)
	if _, err := conn.ReceptorIndex(); err != nil {
		c.report(o, "receptor", err.Error(), "")
	}
}

// checkCurrent checks a connection from a current generator.
func (conn *Connection) checkCurrent(c *checker, o *object) {
	if conn.Receptor != "" {
		c.report(o, "receptor", "a current goes to the neurons' input, not to a receptor", "leave it out")
	}
	if _, constant := conn.SynapseDelay().(connect.Constant); !constant {
		c.report(o, "delay", "the delays of a current vary", "give one number")
		return
	}
	conn.checkPlan(c, o)
}

// checkPlan checks rule, weight and delay against the sizes of the populations.
func (conn *Connection) checkPlan(c *checker, o *object) (ok bool) {
	if conn.From.Step > 1 || conn.To.Step > 1 {
		c.report(o, "rule", "a slice that skips neurons", "connect consecutive neurons")
		return false
	}
	pair := conn.Pair(rng.Stream{})
	plan, err := conn.Rule.Plan(pair)
	if err != nil {
		c.report(o, "rule", err.Error(), "")
		return false
	}
	weighted := true
	if conn.Weight != nil {
		_, weighted = conn.checkValue(c, o, "weight", conn.Weight, pair, plan)
	}
	delay, ok := conn.checkValue(c, o, "delay", conn.SynapseDelay(), pair, plan)
	if !ok {
		return false
	}
	if low, high := delay.Bounds(); low <= high && !(low > 0) {
		c.report(o, "delay", "a delay of "+param.Quantity(low, "s"), "give delays above 0 (at least a step is taken)")
	}
	return weighted
}

// checkValue checks weights or delays, and gives them located.
func (conn *Connection) checkValue(c *checker, o *object, field string, v connect.Value, pair connect.Pair, plan connect.Plan) (connect.Value, bool) {
	if v == nil {
		c.report(o, field, "no "+field, "give one, such as connect.Constant")
		return nil, false
	}
	v, err := connect.Locate(v, pair, plan)
	if err == nil {
		err = v.Check(plan)
	}
	if err != nil {
		c.report(o, field, err.Error(), "")
	}
	return v, err == nil
}

// SynapseDelay is the delay of single synapses: Delay, or its default.
func (conn *Connection) SynapseDelay() connect.Value {
	if conn.Delay == nil {
		return connect.Constant(0.001)
	}
	return conn.Delay
}

// Pair is what the connection's rule connects, drawing from a stream.
func (conn *Connection) Pair(stream rng.Stream) connect.Pair {
	fromStart, _, sources := conn.From.Range(sizeOut(conn.From.Of))
	toStart, _, targets := conn.To.Range(sizeIn(conn.To.Of))
	return connect.Pair{
		Sources: sources, Targets: targets,
		Overlap: conn.From.Of == conn.To.Of, Shift: fromStart - toStart, Stream: stream,
		SourcePlaces: placesOf(conn.From), TargetPlaces: placesOf(conn.To),
	}
}

// ReceptorIndex is the receptor at which the connection's spikes arrive.
func (conn *Connection) ReceptorIndex() (int, error) {
	receptors := conn.To.Of.(*Population).Neuron.Spec().Receptors
	if conn.Receptor != "" {
		return receptorNamed(receptors, conn.Receptor)
	}
	if len(receptors) == 1 {
		return 0, nil
	}
	if !bySign(receptors) {
		return 0, fmt.Errorf("no receptor given; name one of: %s", strings.Join(receptorNames(receptors), ", "))
	}
	weight, err := connect.Locate(conn.Weight, conn.Pair(rng.Stream{}), connect.Plan{})
	if err != nil {
		return 0, nil // reported with the weight
	}
	low, high := weight.Bounds()
	switch {
	case low >= 0 || low > high:
		return receptorNamed(receptors, "ex")
	case high <= 0:
		return receptorNamed(receptors, "in")
	}
	return 0, fmt.Errorf("weights from %s to %s are neither all excitatory nor all inhibitory; name a receptor, or bound the weights at 0",
		param.Quantity(low, receptors[0].Unit), param.Quantity(high, receptors[0].Unit))
}

func receptorNamed(receptors []neuron.Receptor, name string) (int, error) {
	known := receptorNames(receptors)
	if i := slices.Index(known, name); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("no receptor %q%s; it has: %s", name, suggest.Hint(name, known), strings.Join(known, ", "))
}

func receptorNames(receptors []neuron.Receptor) (names []string) {
	for _, r := range receptors {
		names = append(names, r.Name)
	}
	return names
}

// bySign says whether the sign of a weight can choose the receptor.
func bySign(receptors []neuron.Receptor) bool {
	names := receptorNames(receptors)
	return slices.Contains(names, "ex") && slices.Contains(names, "in")
}

// WeightUnit is the unit of the weights of a connection with a rule: that of the
// receptor; "" for a factor on a current.
func (conn *Connection) WeightUnit() string {
	if conn.From.Of.(*Population).Neuron.Spec().OutputUnit == "A" {
		return ""
	}
	i, err := conn.ReceptorIndex()
	if err != nil {
		return "" // reported by Check
	}
	return conn.To.Of.(*Population).Neuron.Spec().Receptors[i].Unit
}
