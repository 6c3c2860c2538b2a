package soma

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"soma/connect"
	"soma/dist"
	"soma/internal/rng"
	"soma/internal/suggest"
	"soma/neuron"
)

// A Population is N neurons of one model. Its input is a current per neuron, its
// output the neurons' spikes or rates.
type Population struct {
	object
	N      int
	Neuron neuron.Model
	// Init gives initial values by the name of the state variable; a variable
	// that is absent starts as the model says.
	Init map[string]dist.Distribution

	// Positions of the neurons, for rules, weights and delays that depend on
	// distance; nil: none.
	Positions connect.Positions

	ensemble *Ensemble // whose neurons these are; nil for a population of its own
}

// Population adds n neurons of a model.
func (n *Network) Population(name string, neurons int, model neuron.Model) *Population {
	p := &Population{object: n.newObject(name), N: neurons, Neuron: model}
	n.Populations = append(n.Populations, p)
	return p
}

// Ensemble is the ensemble whose neurons these are; nil for a population of its
// own.
func (p *Population) Ensemble() *Ensemble { return p.ensemble }

// Part gives the neurons from start up to (not including) stop.
func (p *Population) Part(start, stop int) Slice { return whole(p).Part(start, stop) }

// At gives one neuron.
func (p *Population) At(index int) Slice { return whole(p).At(index) }

func (p *Population) slice() Slice { return whole(p) }

func (p *Population) check(c *checker) {
	o := &p.object
	if p.N < 1 {
		c.report(o, "n", fmt.Sprintf("%d neurons", p.N), "give at least 1")
	}
	if p.Neuron == nil {
		c.report(o, "neuron", "no neuron model", "give one, such as neuron.LIF")
		return
	}
	if _, direct := p.Neuron.(neuron.Direct); direct && p.ensemble == nil {
		c.report(o, "neuron", "Direct has no neurons", "use it in an ensemble, or give another model")
		return
	}
	problems := neuron.Check(p.Neuron)
	c.problems(o, "neuron", problems)
	if d, ok := p.Neuron.(neuron.DtChecker); ok && problems == nil && c.dt > 0 {
		c.problems(o, "neuron", d.CheckDt(c.dt))
	}
	p.checkVaried(c)
	p.checkInit(c)
	if _, err := p.Places(); err != nil {
		c.report(o, "positions", err.Error(), "")
	}
}

// Places are the coordinates of the neurons; the zero Places where the
// population has no positions. What is random in them follows from the seed of
// the outermost network.
func (p *Population) Places() (connect.Places, error) {
	n := p.size()
	if p.Positions == nil || n < 1 {
		return connect.Places{}, nil
	}
	places, err := p.Positions.Place(n, rng.New(owner(p).Seed, p.Path(), "positions"))
	if got := len(places.Coordinates); err == nil && got != n*places.Dimensions {
		err = fmt.Errorf("%d coordinates for %d neurons in %d dimensions", got, n, places.Dimensions)
	}
	return places, err
}

// placesOf are those of the neurons of a slice; an error is reported with the
// population.
func placesOf(s Slice) connect.Places {
	p := s.Of.(*Population)
	places, err := p.Places()
	if err != nil {
		return connect.Places{}
	}
	first, _, n := s.Range(p.size())
	return places.Part(first, n)
}

// checkVaried wants a value for every neuron, and a population: ensembles solve for
// what distinguishes their neurons.
func (p *Population) checkVaried(c *checker) {
	varied, ok := p.Neuron.(neuron.Varied)
	if ok && p.ensemble != nil {
		c.report(&p.object, "neuron", "the neurons of an ensemble have one model", "give every parameter one value")
		return
	}
	for _, one := range varied.Parameters {
		if given, samples := one.Value.(dist.Samples); samples && len(given) != p.N {
			c.report(&p.object, "neuron."+one.Name, fmt.Sprintf("%d values for %s", len(given), plural(p.N, "neuron")), "give one for each")
			continue
		}
		c.points(&p.object, "neuron."+one.Name, one.Value, p.N, 1)
	}
}

// whyMissing says why an object has no quantity of a name, or which may be meant.
func whyMissing(of any, name string, known []string) string {
	if p, ok := of.(*Population); ok {
		if m, ok := p.Neuron.(neuron.Explainer); ok && m.Missing(name) != "" {
			return ": " + m.Missing(name)
		}
	}
	return suggest.Hint(name, known)
}

func (p *Population) checkInit(c *checker) {
	spec := p.Neuron.Spec()
	states := stateNames(spec)
	for _, s := range spec.States {
		if given, ok := s.Init.(dist.Samples); ok && len(given) != p.N {
			c.report(&p.object, "neuron", fmt.Sprintf("%d values of %s for %s", len(given), s.Name, plural(p.N, "neuron")), "give one for each")
		}
	}
	names := make([]string, 0, len(p.Init))
	for name := range p.Init {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !slices.Contains(states, name) {
			c.report(&p.object, "init", fmt.Sprintf("%s has no state variable %q%s", p.Neuron.Spec().Name, name, whyMissing(p, name, states)),
				"it has: "+strings.Join(states, ", "))
			continue
		}
		c.points(&p.object, "init", p.Init[name], p.N, 1)
	}
}

func stateNames(spec neuron.Spec) []string {
	names := make([]string, len(spec.States))
	for i, s := range spec.States {
		names[i] = s.Name
	}
	return names
}
