package learn

import "fmt"

// Combine makes one rule of several that change the same synapses: at every event
// each of them in turn, in the order of the list. Rules that the spikes of a third
// population gate stand alone, and at most one may change synapses between events, and
// one look at voltages.
func Combine(rules []Plasticity) (Plasticity, error) {
	if len(rules) == 1 {
		return rules[0], nil
	}
	c := &combined{flows: -1, senses: -1}
	c.traces.Axonal = rules[0].Traces().Axonal
	for i, r := range rules {
		if err := c.add(i, r); err != nil {
			return nil, err
		}
	}
	switch {
	case c.flows >= 0 && c.senses >= 0:
		return combinedAll{combinedFlowing{c}, combinedSensing{c}}, nil
	case c.flows >= 0:
		return combinedFlowing{c}, nil
	case c.senses >= 0:
		return combinedSensing{c}, nil
	}
	return c, nil
}

// combined are rules and where each has its traces and its own variables among those
// of all. flows and senses are the number of the rule that is Flowing, and Sensing; -1
// where none is.
type combined struct {
	parts         []part
	traces        Traces
	flows, senses int
}

type part struct {
	Plasticity
	traces         Traces
	pre, post, own int // where its own begin
}

func (c *combined) add(i int, r Plasticity) error {
	t := r.Traces()
	if t.Axonal != c.traces.Axonal {
		return fmt.Errorf("one rule has the delay on the dendrite, another on the axon")
	}
	if _, ok := r.(Modulated); ok {
		return fmt.Errorf("a rule that spikes gate changes weights all the time, and stands alone")
	}
	if _, ok := r.(Flowing); ok {
		if c.flows >= 0 {
			return fmt.Errorf("two rules change weights all the time")
		}
		c.flows = i
	}
	if _, ok := r.(Sensing); ok {
		if c.senses >= 0 {
			return fmt.Errorf("two rules look at voltages")
		}
		c.senses = i
	}
	c.parts = append(c.parts, part{r, t, len(c.traces.Pre), len(c.traces.Post), c.traces.Own})
	c.traces.Pre, c.traces.Post = append(c.traces.Pre, t.Pre...), append(c.traces.Post, t.Post...)
	c.traces.Own += t.Own
	if t.Sends && c.traces.Sends {
		return fmt.Errorf("two rules say what is sent")
	}
	c.traces.Sends, c.traces.Fresh = c.traces.Sends || t.Sends, c.traces.Fresh || t.Fresh
	if n := max(len(c.traces.Pre), len(c.traces.Post)); n > MaxTraces {
		return fmt.Errorf("the rules have %d traces of one neuron, and %d is the most", n, MaxTraces)
	}
	return nil
}

// of is the event as a part sees it; back takes over what it did.
func (p *part) of(e *Event) *Event {
	if e.part == nil {
		e.part = new(Event)
	}
	sub := e.part
	sub.Weight, sub.Voltage, sub.Fresh = e.Weight, e.Voltage, e.Fresh
	sub.Own = e.Own[p.own : p.own+p.traces.Own]
	copy(sub.Pre[:], e.Pre[p.pre:p.pre+len(p.traces.Pre)])
	copy(sub.Post[:], e.Post[p.post:p.post+len(p.traces.Post)])
	return sub
}

// Traces implements Plasticity.
func (c *combined) Traces() Traces { return c.traces }

// OnPost implements Plasticity.
func (c *combined) OnPost(e *Event) {
	for i := range c.parts {
		sub := c.parts[i].of(e)
		c.parts[i].OnPost(sub)
		e.Weight = sub.Weight
	}
}

// OnPre implements Plasticity.
func (c *combined) OnPre(e *Event) {
	for i := range c.parts {
		sub := c.parts[i].of(e)
		c.parts[i].OnPre(sub)
		e.Weight = sub.Weight
		if c.parts[i].traces.Sends {
			e.Sent = sub.Sent
		}
	}
}

type combinedFlowing struct{ *combined }

// Pass implements Flowing.
func (c combinedFlowing) Pass(e *Event, steps int64) {
	p := &c.parts[c.flows]
	sub := p.of(e)
	p.Plasticity.(Flowing).Pass(sub, steps)
	e.Weight = sub.Weight
}

type combinedSensing struct{ *combined }

func (c combinedSensing) rule() Sensing { return c.parts[c.senses].Plasticity.(Sensing) }

// Filters implements Sensing.
func (c combinedSensing) Filters() VoltageFilters { return c.rule().Filters() }

// Sense implements Sensing.
func (c combinedSensing) Sense(v Voltages) (lasting, momentary float64) { return c.rule().Sense(v) }

// OnVoltage implements Sensing.
func (c combinedSensing) OnVoltage(e *Event, lasting float64) {
	sub := c.parts[c.senses].of(e)
	c.rule().OnVoltage(sub, lasting)
	e.Weight = sub.Weight
}

// combinedAll is both.
type combinedAll struct {
	combinedFlowing
	sensing combinedSensing
}

// Filters implements Sensing.
func (c combinedAll) Filters() VoltageFilters { return c.sensing.Filters() }

// Sense implements Sensing.
func (c combinedAll) Sense(v Voltages) (lasting, momentary float64) { return c.sensing.Sense(v) }

// OnVoltage implements Sensing.
func (c combinedAll) OnVoltage(e *Event, lasting float64) { c.sensing.OnVoltage(e, lasting) }

var (
	_ Sensing = combinedAll{}
	_ Flowing = combinedAll{}
)
