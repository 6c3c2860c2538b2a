package script

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"soma"
	"soma/spa"
)

var spaNets = []netModel{
	adds("state", 1, "represents a semantic pointer; with feedback it remembers it", spa.State.Add),
	adds("scalar", 0, "represents a number", spa.Scalar.Add),
	adds("bind", 1, "binds two vectors", spa.Bind.Add),
	adds("superposition", 1, "adds vectors up", spa.Superposition.Add),
	adds("compare", 1, "the similarity of two vectors", spa.Compare.Add),
	adds("product", 0, "multiplies two numbers", spa.Product.Add),
}

var transcodeSignature = &signature{
	name: "spa.transcode", byPosition: 3,
	doc: "Gives semantic pointers to a model: an expression, or a dictionary of times and expressions, each from its time on: `{0: \"A*B\", 200*ms: \"0\"}`; or takes what a node or another object gives for vectors of the vocabulary. It has: `output`.",
	params: []parameter{
		{name: "network", kind: "network", required: true, doc: "where it is made"},
		{name: "vocab", kind: "vocabulary", required: true, doc: "vocabulary of the pointers"},
		{name: "value", kind: "string, dictionary, or object", required: true, doc: "what it gives"},
		nameParameter,
	},
}

func (s *session) transcode(c *call) starlark.Value {
	t := spa.Transcode{Vocab: c.vocabulary("vocab")}
	net := c.network("network")
	switch v := c.value("value").(type) {
	case nil:
	case starlark.String:
		t.Pieces = []spa.Piece{{Text: string(v)}}
	case *starlark.Dict:
		for k, item := range v.Entries() {
			at, problem := toFloat(k)
			text, ok := starlark.AsString(item)
			switch {
			case problem != "":
				c.report("value", "time "+problem, "give times in seconds")
			case !ok:
				c.report("value", describe(item)+" is no expression", "write it in quotes")
			}
			t.Pieces = append(t.Pieces, spa.Piece{Time: at, Text: text})
		}
	case *objectValue, *sliceValue:
		t.From, _ = toEndpoint(v)
		if n := v.(starlark.Indexable).Len(); t.Vocab != nil && n != t.Vocab.Dimensions && !s.unsized(v) {
			c.report("value", fmt.Sprintf("%d values; the vocabulary has %d dimensions", n, t.Vocab.Dimensions), "give a vector of the vocabulary")
		}
	default:
		c.report("value", describe(v)+" is no expression", "write \"A*B\", or {0: \"A\", 200*ms: \"B\"}")
	}
	if c.bad || net == nil {
		return s.poison
	}
	for _, p := range t.Pieces {
		if _, err := t.Vocab.Parse(p.Text); err != nil {
			c.reportText("value", err)
		}
	}
	if len(t.Pieces) == 0 && t.From == nil {
		c.report("value", "it gives nothing", "write {0: \"A\"}")
	}
	if c.bad {
		return s.poison
	}
	return s.madeNet(c, net, t.Add(net, ""))
}

// memorySignature describes one of the associative memories, which share a
// struct.
func memorySignature(kind, doc string) *signature {
	sig := netSignature("spa", netModel{model: model{kind + "_assoc_mem", spa.AssocMem{}, 1, doc + ". It has: `input`, `output`, `selected` (how active each pointer is)"}})
	mapping := parameter{name: "mapping", kind: "dictionary", doc: "`{\"A\": \"B\"}`, expressions of the two vocabularies; default: each pointer to that of its name"}
	sig.params = slices.Insert(sig.params, 3, mapping)
	if kind == spa.IA { // which waits for evidence, and has no threshold of similarity
		sig.params = slices.DeleteFunc(sig.params, func(p parameter) bool { return p.name == "threshold" || p.name == "step" })
	}
	sig.byPosition = 4
	return sig
}

// memories are the functions that make associative memories.
func memories() []builder {
	var list []builder
	for _, m := range []struct{ kind, doc string }{
		{spa.WTA, "gives, for a pointer that is similar to one of a vocabulary, the pointer that belongs to it: that of the most similar one"},
		{"thresholding", "the same for every pointer that is similar enough"},
		{spa.IA, "the same for the first pointer that accumulates enough evidence; `input_reset` forgets it"},
	} {
		sig := memorySignature(m.kind, m.doc)
		list = append(list, builder{sig, func(s *session, c *call) starlark.Value { return s.memory(c, m.kind) }})
	}
	return list
}

func (s *session) memory(c *call, kind string) starlark.Value {
	net := c.network("network")
	spec, given := c.fields(spa.AssocMem{})
	if c.bad || net == nil {
		return s.poison
	}
	m := spec.(spa.AssocMem)
	m.Select = kind
	if kind == "thresholding" {
		m.Select = spa.Threshold
	}
	if c.given("mapping") {
		dict, ok := c.value("mapping").(*starlark.Dict)
		if !ok {
			c.report("mapping", describe(c.value("mapping"))+" is no dictionary", "write {\"A\": \"B\"}")
			return s.poison
		}
		m.Mapping = [][2]string{}
		for k, v := range dict.Entries() {
			from, isText := starlark.AsString(k)
			to, isToo := starlark.AsString(v)
			if !isText || !isToo {
				c.report("mapping", "an entry that is no pair of expressions", "write {\"A\": \"B\"}")
				return s.poison
			}
			m.Mapping = append(m.Mapping, [2]string{from, to})
		}
	}
	for _, p := range m.Check() {
		c.reportField(p, given)
	}
	if c.bad {
		return s.poison
	}
	return s.madeNet(c, net, m.Add(net, ""))
}

// moduleOf is what a name of a text stands for.
func moduleOf(v starlark.Value) (spa.Module, bool) {
	switch v := v.(type) {
	case *netValue:
		if m, ok := v.of.(spa.Modular); ok {
			return m.Module(), true
		}
		in, _ := v.end("input").(*objectValue)
		out, _ := v.end("output").(*objectValue)
		if in != nil && out != nil {
			if a, ok := moduleOf(in); ok {
				b, ok := moduleOf(out)
				return spa.Module{Input: a.Input, Output: b.Output}, ok
			}
		}
	case *objectValue:
		if v.unsized || v.Len() != 1 {
			return spa.Module{}, false
		}
		m := spa.Module{Output: v.of}
		if n, ok := v.of.(*soma.Node); !ok || n.SizeIn == 1 {
			m.Input = v.of
		}
		return m, true
	}
	return spa.Module{}, false
}

// modules are the objects of a network, and of those inside of it, that texts can
// name, and the ends of those that have several.
func (s *session) modules(net *soma.Network) spa.Modules {
	list := spa.Modules{}
	inside := net.All()
	for _, m := range s.made {
		if !slices.Contains(inside, m.net) {
			continue
		}
		name := m.object.Path()
		if net != net.Root() {
			name = strings.TrimPrefix(name, net.Path()+".")
		}
		if module, ok := moduleOf(m.value); ok {
			list[name] = module
		}
		if v, ok := m.value.(*netValue); ok {
			for _, e := range endsOf(v.of) {
				if module, ok := endModule(v, e.name); ok {
					list[name+"."+e.name] = module
				}
			}
		}
	}
	return list
}

// endModule is an end of a network as something that a text can name: a number,
// or a vector of the network's vocabulary.
func endModule(v *netValue, name string) (spa.Module, bool) {
	o, ok := v.end(name).(*objectValue)
	if !ok {
		return spa.Module{}, false
	}
	n, ok := o.of.(*soma.Node)
	if !ok {
		return spa.Module{}, false
	}
	m := spa.Module{Output: n}
	if n.SizeIn > 0 {
		m.Input = n
	}
	of, _ := v.of.(spa.Modular)
	vocab := vocabularyOf(v.of, of, name)
	switch {
	case n.SizeOut == 1:
	case vocab != nil && vocab.Dimensions == n.SizeOut:
		m.Vocab = vocab
	default:
		return spa.Module{}, false
	}
	return m, true
}

// vocabularyOf is the vocabulary of an end; nil for numbers.
func vocabularyOf(spec any, m spa.Modular, end string) *spa.Vocabulary {
	switch v := spec.(type) {
	case *spa.Compare:
		return v.Vocab
	case *spa.AssocMem:
		if end == "output" {
			return m.Module().OutputVocab
		}
		return v.InputVocab
	}
	if m == nil {
		return nil
	}
	return m.Module().Vocab
}

// spaDoc introduces the namespace.
const spaDoc = `Semantic pointers: vectors that stand for concepts, and networks that bind, compare, store, clean up and route them. Networks are made inside of a network, the first argument.

### Text

Routes and rules are written as text:

` + "```python" + `
scene = spa.transcode(model, vocab, "Red*Circle + Blue*Square")
query = spa.transcode(model, vocab, {0: "Circle", 300*ms: "Square"})
answer = spa.state(model, vocab)
spa.connect(model, "scene * ~query -> answer")
` + "```" + `

Names that begin with a capital letter are semantic pointers of the vocabulary that is wanted where they stand. The others are modules: objects of the network, by their names, or ends of them, such as ` + "`memory.output`" + `. From loosest to tightest: ` + "`+`" + ` and ` + "`-`; `*`" + ` binds two vectors, multiplies two numbers, or scales a vector by a number; ` + "`-` and `~`" + ` before a vector negate it and take its approximate inverse, with which binding is undone. ` + "`dot(a, b)`" + ` is the similarity of two vectors. ` + "`translate(a)`" + ` takes a vector to the vocabulary that is wanted, by the pointers of the same name; ` + "`reinterpret(a)`" + ` takes it as it is. ` + "`A.unitary()` and `A.normalized()`" + ` change a pointer. ` + "`0` and `1`" + ` are no vector and the identity where a vector is wanted. Several routes may stand in one text, separated by semicolons.

What binds, compares or multiplies what modules represent takes neurons; everything else becomes transforms of connections.`
