package compile

import (
	"fmt"
	"math"

	"soma"
	"soma/connect"
	"soma/internal/program"
	"soma/neuron"
)

// poisson replaces the synapses from generators of Poisson trains: those that
// reach one target from several generators are one train of the sum of their
// rates.
func (b *builder) poisson(conn *soma.Connection, g neuron.TrainGenerator, p program.Poisson) {
	weight, count, ok := b.alike(conn, g)
	if !ok {
		return
	}
	p.Weight = weight
	pieces := g.Pieces(b.opts.Dt)
	for i := range pieces {
		pieces[i].Value = float64(float64(count) * pieces[i].Value)
	}
	if len(pieces) == 1 && pieces[0].After == 0 {
		p.Rate = pieces[0].Value
	} else {
		delay, constant := conn.SynapseDelay().(connect.Constant)
		if !constant {
			b.fail(conn.FieldPosition("delay"), conn.Path(), "delay", fmt.Errorf("the delays of trains that start or change vary"), "give one number")
			return
		}
		for i := range pieces {
			pieces[i].After += b.delaySteps(float64(delay))
		}
		p.Pieces = pieces
	}
	b.cells.Poisson = append(b.cells.Poisson, p)
}

// alike gives the weight and the number of generators that reach each target,
// which must be the same for all.
func (b *builder) alike(conn *soma.Connection, g neuron.Model) (weight float64, generators int, ok bool) {
	name := g.Spec().Name
	w, constant := conn.Weight.(connect.Constant)
	if !constant {
		b.fail(conn.FieldPosition("weight"), conn.Path(), "weight", fmt.Errorf("the weights of a %s vary", name), "give one number")
		return 0, 0, false
	}
	_, _, generators = conn.From.Range(conn.From.Of.(*soma.Population).N)
	switch conn.Rule.(type) {
	case connect.AllToAll:
	case connect.OneToOne:
		generators = 1
	default:
		b.fail(conn.FieldPosition("rule"), conn.Path(), "rule", fmt.Errorf("a %s reaches its targets all to all, or one to one", name), "use connect.all_to_all(), with as many generators as each target needs")
		return 0, 0, false
	}
	return float64(w), generators, true
}

func (b *builder) delaySteps(delay float64) int64 {
	return max(1, int64(math.Floor(delay/b.opts.Dt+0.5)))
}

// current connects a current generator. What the targets receive is stepped once
// more for every connection, as late as its delay says: by one neuron where all
// of the population are alike, by one for each target where they draw random
// numbers.
func (b *builder) current(conn *soma.Connection, g neuron.Model) {
	to, ok := b.inputs[conn.To.Of]
	if !ok {
		return // the target failed to build, and said so
	}
	given := *conn
	if given.Weight == nil {
		given.Weight = connect.Constant(1)
	}
	path := b.distinct(conn.Path())
	op := &program.Product{Label: program.Label(path), To: slice(to, conn.To)}
	n := 1
	if noise, random := g.(neuron.NoiseGenerator); random {
		weight, count, ok := b.alike(&given, g)
		if !ok {
			return
		}
		g, n, op.Scale = noise.Superposed(count), op.To.Count, weight
	} else if op.Weights = b.summedWeights(&given, path); op.Weights == nil {
		return
	}
	op.From = b.generator(path, &delayed{g, b.delaySteps(float64(conn.SynapseDelay().(connect.Constant)))}, n)
	b.program.Operate(op)
}

// summedWeights are, for each target, those of all its synapses.
func (b *builder) summedWeights(conn *soma.Connection, path string) *connect.Matrix {
	pair := conn.Pair(b.stream(path, "pairs"))
	plan, err := conn.Rule.Plan(pair)
	if err != nil {
		b.fail(conn.FieldPosition("rule"), conn.Path(), "rule", err, "")
		return nil
	}
	weight, err := connect.Locate(conn.Weight, pair, plan)
	if err != nil {
		b.fail(conn.FieldPosition("weight"), conn.Path(), "weight", err, "")
		return nil
	}
	sums := connect.NewMatrix(pair.Targets, 1)
	synapses := connect.Synapses{Stream: b.stream(path, "weights")}
	var values []float64
	for target := range sums.Data {
		synapses.Target, synapses.Sources = target, plan.Sources(target, synapses.Sources[:0])
		if plan.Numbers != nil {
			synapses.Numbers = plan.Numbers(target, synapses.Numbers[:0])
		}
		values = append(values[:0], make([]float64, len(synapses.Sources))...)
		weight.Fill(synapses, values)
		for _, w := range values {
			sums.Data[target] += w
		}
	}
	return sums
}

// generator adds n neurons that only a connection knows, and gives their output.
func (b *builder) generator(path string, model neuron.Model, n int) program.View {
	op := &program.Neurons{
		Label: program.Label(path), Model: model, N: n,
		Input:  b.program.Add(path+" generator input", make([]float64, n)),
		Output: b.program.Add(path+" current", make([]float64, n)),
		Env:    neuron.Env{Dt: b.opts.Dt, Level: b.opts.Level, Stream: b.stream(path, "current")},
	}
	for _, s := range model.Spec().States {
		op.States = append(op.States, b.program.Add(path+" "+s.Name, make([]float64, n)))
	}
	b.program.Operate(op)
	return op.Output
}

// delayed is a generator some steps later. Its pointers are never equal, as the
// engine asks of models that it may not step together.
type delayed struct {
	neuron.Model
	steps int64
}

// NewStepper implements Model.
func (d *delayed) NewStepper(env neuron.Env) (neuron.Stepper, error) {
	s, err := d.Model.NewStepper(env)
	return &delayedStepper{s, d.steps}, err
}

type delayedStepper struct {
	neuron.Stepper
	steps int64
}

// Step implements Stepper: before the first step the generator gives nothing.
func (d *delayedStepper) Step(b *neuron.Block) {
	if b.Step <= d.steps {
		clear(b.Output)
		return
	}
	b.Step -= d.steps
	d.Stepper.Step(b)
	b.Step += d.steps
}
