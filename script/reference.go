package script

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"soma/neuron"
)

//go:generate go test -run TestReferenceIsFresh . -update

// introduction is the part of the reference that is written by hand.
//
//go:embed introduction.md
var introduction string

// Reference is the language reference of model files, in Markdown. Everything
// after its introduction is made from the tables and struct tags that bind the
// language.
func Reference() string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(introduction))
	b.WriteString("\n\n## The model\n\n")
	for _, d := range declarations()[:2] {
		writeFunction(&b, d.sig)
	}
	for _, m := range networkMethods() {
		writeFunction(&b, m.sig)
	}
	writeObjects(&b)
	for _, sp := range spaces() {
		writeSpace(&b, sp)
	}
	b.WriteString("## Parameters and figures\n\n")
	for _, d := range declarations()[2:4] {
		writeFunction(&b, d.sig)
	}
	b.WriteString("Panels take probes by name, or as what `model.probe` gave.\n\n")
	for _, d := range declarations()[6:] {
		writePanel(&b, d.sig)
	}
	writeFunction(&b, ratesSignature)
	writeFunction(&b, lastSignature)
	writeAxes(&b)
	writeUnits(&b)
	writeMaths(&b)
	writeStarlark(&b)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// call writes how a function is called, with the defaults.
func (sig *signature) call() string {
	var args []string
	further := func(i int) {
		if sig.rest != "" && i == sig.byPosition {
			args = append(args, sig.rest+"…")
		}
	}
	for i, p := range sig.params {
		further(i)
		switch {
		case p.required:
			args = append(args, p.name)
		case p.def != "":
			args = append(args, p.name+" = "+p.def)
		default:
			args = append(args, p.name+" = …")
		}
	}
	further(len(sig.params))
	if sig.others != "" {
		args = append(args, sig.others+" = …")
	}
	return sig.name + "(" + strings.Join(args, ", ") + ")"
}

func writeFunction(b *strings.Builder, sig *signature) {
	fmt.Fprintf(b, "### `%s`\n\n", sig.name)
	writeBody(b, sig)
}

func writeBody(b *strings.Builder, sig *signature) {
	fmt.Fprintf(b, "```python\n%s\n```\n\n%s\n\n", sig.call(), sentence(sig.doc))
	writeParameters(b, sig.params)
}

func writeParameters(b *strings.Builder, params []parameter) {
	if len(params) == 0 {
		return
	}
	b.WriteString("| parameter | takes | default | |\n| --- | --- | --- | --- |\n")
	for _, p := range params {
		def := ""
		switch {
		case p.required:
			def = "required"
		case p.def != "":
			def = "`" + p.def + "`"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", p.name, escape(p.kind), def, escape(p.doc))
	}
	b.WriteString("\n")
}

// escape keeps bars from ending a cell of a table.
func escape(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

func sentence(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

func writeSpace(b *strings.Builder, sp space) {
	fmt.Fprintf(b, "## `%s.`\n\n%s\n\n", sp.name, sp.doc)
	for _, m := range sp.models {
		writeFunction(b, signatureOf(sp.name, m))
		if n, ok := m.zero.(neuron.Model); ok {
			writeSpec(b, n.Spec())
		}
	}
	for _, m := range netModels[sp.name] {
		writeFunction(b, netSignature(sp.name, m))
		writeEnds(b, m.zero)
	}
	for _, f := range sp.functions {
		writeFunction(b, f.sig)
	}
}

// writeEnds tells what a network has to be connected and probed.
func writeEnds(b *strings.Builder, spec any) {
	var ends []string
	for _, e := range endsOf(spec) {
		ends = append(ends, fmt.Sprintf("`%s` (%s)", e.name, e.doc))
	}
	if len(ends) > 0 {
		fmt.Fprintf(b, "It has: %s.\n\n", strings.Join(ends, ", "))
	}
}

// writeSpec tells what a neuron model can be probed for, and where spikes arrive.
func writeSpec(b *strings.Builder, spec neuron.Spec) {
	var states, receptors []string
	for _, s := range spec.States {
		states = append(states, inUnit(s.Name, s.Unit))
	}
	for _, r := range spec.Receptors {
		receptors = append(receptors, inUnit(r.Name, r.Unit))
	}
	if len(states) > 0 {
		fmt.Fprintf(b, "State variables, to be probed and for `init`: %s.\n\n", strings.Join(states, ", "))
	}
	if len(receptors) > 0 {
		fmt.Fprintf(b, "Receptors, with the unit of their weights: %s.\n\n", strings.Join(receptors, ", "))
	}
}

func inUnit(name, unit string) string {
	if unit == "" {
		return "`" + name + "`"
	}
	return "`" + name + "` (" + unit + ")"
}

// writePanel leaves out what all panels have.
func writePanel(b *strings.Builder, sig *signature) {
	short := *sig
	short.params = slices.DeleteFunc(slices.Clone(sig.params), func(p parameter) bool {
		return slices.ContainsFunc(axes, func(a parameter) bool { return a.name == p.name })
	})
	writeFunction(b, &short)
}

func writeAxes(b *strings.Builder) {
	b.WriteString("All panels also take:\n\n")
	writeParameters(b, axes)
}

func writeObjects(b *strings.Builder) {
	b.WriteString(`### Objects and their parts

| | |
| --- | --- |
| ` + "`cell[0]`, `cell[1:3]`, `pop[10:20:2]`" + ` | some of the dimensions of an ensemble, neurons of a population, or values of a node; to be connected and probed |
| ` + "`cell.neurons`" + ` | the neurons of an ensemble: a population like any other |
| ` + "`cell.n`, `cell.dimensions`, `cell.radius`, `cell.name`" + ` | what an ensemble was given; populations have ` + "`n` and `name`, nodes `size_in`, `size_out` and `name`" + ` |
| ` + "`len(cell)`" + ` | number of dimensions, neurons or values |

`)
}

func writeUnits(b *strings.Builder) {
	b.WriteString("## Units\n\nQuantities are plain numbers in SI units; a unit multiplies: `20*ms` is 0.02.\n\n| unit | value | |\n| --- | --- | --- |\n")
	for _, u := range units {
		fmt.Fprintf(b, "| `%s` | %g | %s |\n", u.name, u.value, u.doc)
	}
	b.WriteString("\n")
}

func writeMaths(b *strings.Builder) {
	b.WriteString("## Mathematics\n\n`pi`, `e`, and functions that work on numbers, lists and arrays alike, with the same results on every machine:\n\n| | |\n| --- | --- |\n")
	for _, name := range slices.Sorted(maps.Keys(unaryMaths)) {
		fmt.Fprintf(b, "| `%s(x)` | %s |\n", name, unaryMaths[name].doc)
	}
	b.WriteString("| `pow(x, y)` | x to the power of y |\n| `abs(x)` | absolute value |\n| `floor(x)`, `ceil(x)` | the whole number below, above |\n| `min(…)`, `max(…)` | of the arguments, of a list, of the elements of an array; element by element of several arrays |\n\n")
	b.WriteString("### Arrays\n\nArrays hold numbers in one or more dimensions. `+ - * / // %` and `< <= > >=` work element by element (comparisons give 1 and 0), with numbers, lists and arrays of the same shape, and rows repeated as needed. `==` compares whole arrays. `a[i]`, `a[i, j]`, `a[1:3]`, `a.T`, `a.shape`, `a.size` and `len(a)` are what they look like. Lists have the arithmetic of Python's lists: `[1] + [2]` is `[1, 2]`.\n\n| | |\n| --- | --- |\n")
	for _, f := range arrayFuncs() {
		fmt.Fprintf(b, "| `%s(%s)` | %s |\n", f.name, f.args, f.doc)
	}
	b.WriteString("\n")
}

func writeStarlark(b *strings.Builder) {
	b.WriteString("## From Starlark\n\nThe language has `if`, `for`, `while`, `def`, `lambda`, comprehensions, strings, lists, tuples, dictionaries and sets as in Python, and these functions:\n\n")
	var names []string
	own := (&session{}).names()
	for _, name := range starlark.Universe.Keys() {
		if _, ok := starlark.Universe[name].(*starlark.Builtin); !ok {
			continue
		}
		if !own.Has(name) || slices.Contains([]string{"print", "str", "repr", "range", "hasattr", "getattr"}, name) {
			names = append(names, "`"+name+"`")
		}
	}
	b.WriteString(strings.Join(names, " ") + "\n\nIt has no `import`, no classes, no exceptions, no `**` and no f-strings: write `pow(x, y)` and `\"%s\" % x` or `\"{}\".format(x)`.\n")
}
