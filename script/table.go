package script

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"soma/record"
	"soma/signal"
)

var spikeTrainSignature = &signature{
	name: "signal.spike_train", byPosition: 1, doc: "Spikes at given times: amplitude/dt in the step of each, as neurons give.",
	params: []parameter{
		{name: "times", kind: "list, or list of lists", required: true, doc: "seconds; a list for each value"},
		{name: "amplitude", kind: "number", def: "1", doc: "area of a spike"},
	},
}

func (s *session) spikeTrain(c *call) starlark.Value {
	train := signal.SpikeTrain{}
	c.number("amplitude", &train.Amplitude)
	if c.bad {
		return s.poison
	}
	lists := []starlark.Value{c.value("times")}
	if outer, ok := c.value("times").(*starlark.List); ok && outer.Len() > 0 {
		if _, nested := outer.Index(0).(starlark.Sequence); nested {
			lists = nil
			for v := range outer.Elements() {
				lists = append(lists, v)
			}
		}
	}
	for i, list := range lists {
		times, problem := toFloats(list)
		if problem != "" {
			c.report("times", fmt.Sprintf("train %d: %s", i, problem), "give a list of times in seconds, or one for each value")
			return s.poison
		}
		train.Times = append(train.Times, times)
	}
	if problems := train.Check(); problems != nil {
		c.report(problems[0].Field, problems[0].Problem, problems[0].Remedy)
		return s.poison
	}
	return &signalValue{name: c.sig.name, Signal: train}
}

var tableSignature = &signature{
	name: "signal.table", byPosition: 2,
	doc: "Values from a file below the model's folder, or from a matrix: a row for each time. In a `.csv` file, which may begin with a line of names, the first column is the time in seconds. In an `.npz` file, the array is named, and its times are in another, `NAME.t`, as in `data.npz` of a result. With `every`, rows are evenly spaced and there are no times.",
	params: []parameter{
		{name: "source", kind: "string or matrix", required: true, doc: "`\"input.csv\"`, `\"input.npz\"`, or rows of values"},
		{name: "array", kind: "string", doc: "name of the array in an `.npz` file; default: the only one"},
		{name: "every", kind: "s", doc: "time from row to row; the first is at 0"},
		interpolationParameter,
	},
}

func (s *session) tableSignal(c *call) starlark.Value {
	every := 0.0
	c.number("every", &every)
	c.positive("every", every, "1*ms")
	if c.bad {
		return s.poison
	}
	p := signal.Piecewise{}
	var problem, remedy string
	name, isFile := starlark.AsString(c.value("source"))
	switch {
	case isFile:
		p, problem, remedy = s.readTable(c, name)
	case every == 0:
		problem, remedy = "a matrix has no times", "give every = …, the time from row to row"
	default:
		p.Values, problem = toRows(c.value("source"))
		remedy = "give rows of numbers, or the name of a file"
	}
	if problem != "" {
		c.report("source", problem, remedy)
		return s.poison
	}
	if every > 0 {
		p.Times = nil
		for i := range p.Values {
			p.Times = append(p.Times, float64(float64(i)*every))
		}
	}
	return c.interpolated(p)
}

// readTable reads a file. Without `every` it must have times.
func (s *session) readTable(c *call, name string) (p signal.Piecewise, problem, remedy string) {
	remedy = "give a .csv or .npz file below the model's folder"
	if problem := badName(name); problem != "" {
		return p, fmt.Sprintf("%q %s", name, problem), remedy
	}
	content, err := s.data(name)
	if err != nil {
		return p, fileProblem(name, err), remedy
	}
	timed := !c.given("every")
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		p, err = readCSV(content, timed)
	case ".npz":
		var array string
		c.text("array", &array)
		p, err = readNPZ(content, array, timed)
	default:
		err = errors.New("a file of another kind")
	}
	if err != nil {
		return p, fmt.Sprintf("%s: %v", name, err), remedy
	}
	return p, "", ""
}

func readCSV(content []byte, timed bool) (p signal.Piecewise, err error) {
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return p, err
	}
	for i, line := range lines {
		row := make([]float64, len(line))
		for j, text := range line {
			if row[j], err = strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
				break
			}
		}
		switch {
		case err != nil && i == 0:
			continue // names
		case err != nil:
			return p, fmt.Errorf("line %d: %w", i+1, err)
		}
		if timed {
			p.Times, row = append(p.Times, row[0]), row[1:]
		}
		p.Values = append(p.Values, row)
	}
	return p, nil
}

func readNPZ(content []byte, name string, timed bool) (p signal.Piecewise, err error) {
	arrays, err := record.ReadArrays(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return p, err
	}
	var names []string
	var values, times *record.Array
	for i, a := range arrays {
		if !strings.HasSuffix(a.Name, ".t") {
			names = append(names, a.Name)
		}
		if a.Name == name || name == "" && !strings.HasSuffix(a.Name, ".t") {
			values = &arrays[i]
		}
	}
	if values == nil || name == "" && len(names) > 1 {
		return p, fmt.Errorf("it has the arrays %s; give array = the name of one", strings.Join(names, ", "))
	}
	for i, a := range arrays {
		if a.Name == values.Name+".t" {
			times = &arrays[i]
		}
	}
	if timed {
		if times == nil {
			return p, fmt.Errorf("there is no array %s.t of times; give every = …", values.Name)
		}
		p.Times = times.Data
	}
	data := values.Data
	width := 1
	for _, n := range values.Shape[min(1, len(values.Shape)):] {
		width *= n
	}
	for i := 0; i+width <= len(data) && width > 0; i += width {
		p.Values = append(p.Values, data[i:i+width:i+width])
	}
	return p, nil
}
