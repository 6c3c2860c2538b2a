package soma

import (
	"fmt"

	"soma/dist"
	"soma/internal/param"
)

// checker collects what is wrong with a network.
type checker struct {
	dt     float64
	root   *Network
	errors Errors
	// modulators are what has been found to gate learning rules.
	modulators map[LearningInput]*Connection
}

// report adds an error about a field of an object.
func (c *checker) report(o *object, field, problem, remedy string) {
	c.errors = append(c.errors, &Error{
		Pos: o.FieldPosition(field), Object: o.Path(), Field: field, Problem: problem, Remedy: remedy,
	})
}

// problems adds the problems of a field's value, whose own fields are prefixed;
// without a field, those of the object itself.
func (c *checker) problems(o *object, field string, problems []param.Problem) {
	for _, p := range problems {
		name, place := field, field
		switch {
		case field == "":
			name, place = p.Field, p.Field
		case p.Field != "":
			name += "." + p.Field
		}
		c.errors = append(c.errors, &Error{
			Pos: o.FieldPosition(place), Object: o.Path(), Field: name, Problem: p.Problem, Remedy: p.Remedy,
		})
	}
}

// points checks that a distribution can give n points of d values.
func (c *checker) points(o *object, field string, d dist.Distribution, n, dims int) {
	if d == nil {
		return
	}
	if problems := dist.Check(d); problems != nil {
		c.problems(o, field, problems)
		return
	}
	if n < 0 {
		return // any number will do
	}
	s, given := d.(dist.Samples)
	if given && (len(s) != n || n > 0 && len(s[0]) != dims) {
		cols := 0
		if len(s) > 0 {
			cols = len(s[0])
		}
		c.report(o, field, fmt.Sprintf("%d × %d values given, %d × %d needed", len(s), cols, n, dims),
			fmt.Sprintf("give %d rows of %d values", n, dims))
	}
}

// named is an object with its kind, for messages.
type named struct {
	object *object
	kind   string
}

// objects lists what bears a name in a network, besides its probes.
func (n *Network) objects() []named {
	var things []named
	for _, e := range n.Ensembles {
		things = append(things, named{&e.object, "an ensemble"})
	}
	for _, p := range n.Populations {
		things = append(things, named{&p.object, "a population"})
	}
	for _, node := range n.Nodes {
		things = append(things, named{&node.object, "a node"})
	}
	for _, sub := range n.Networks {
		things = append(things, named{&sub.object, "a network"})
	}
	return things
}

// unique reports objects of a network that share a name, or have none.
func (c *checker) unique(n *Network) {
	c.distinct(n.objects())
	var probes []named
	for _, p := range n.Probes {
		probes = append(probes, named{&p.object, "a probe"})
	}
	c.distinct(probes)
}

func (c *checker) distinct(things []named) {
	seen := map[string]named{}
	for _, t := range things {
		if t.object.Name == "" {
			c.report(t.object, "name", t.kind+" without a name", "give it one")
			continue
		}
		first, twice := seen[t.object.Name]
		if !twice {
			seen[t.object.Name] = t
			continue
		}
		where := ""
		if pos := first.object.Pos.String(); pos != "" {
			where = " at " + pos
		}
		c.report(t.object, "name", fmt.Sprintf("%q is the name of %s%s already", t.object.Name, first.kind, where),
			"give it another name")
	}
}

// plural is "1 value", "2 values".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
