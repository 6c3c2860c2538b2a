package program

import (
	"soma/internal/kernel"
	"soma/learn"
	"soma/neuron"
	"soma/synapse"
)

// Interpreter executes a program one operator after the other, with no thought
// for speed. It defines what a step computes, to the last bit.
type Interpreter struct {
	Signals  [][]float64
	Recorded []Recording // one per Record operator, in program order

	program *Program
	levels  [][]Operator
	updates []Operator
	sources map[*Source]func(float64, []float64)
	models  map[*Neurons]neuron.Stepper
	states  map[*Filter][]float64 // order × count
	traces  map[*Trace][]float64  // order × count
	delays  map[*Delay][][]float64
	rules   map[*Change]func(learn.Now)
	records map[*Record]int
	spikes  map[Signal]*neuron.Block
	wiring  map[*Cells]*wiring
	step    int64
}

// Recording is what a Record operator has kept.
type Recording struct {
	Values []float64 // sample by sample
	Steps  []int64   // of spikes
	IDs    []int32
	At     []float64 // from the start of the step, s
}

// NewInterpreter prepares a program.
func NewInterpreter(p *Program) (*Interpreter, error) {
	levels, updates, err := p.Levels()
	if err != nil {
		return nil, err
	}
	in := &Interpreter{
		program: p, levels: levels, updates: updates,
		sources: map[*Source]func(float64, []float64){}, models: map[*Neurons]neuron.Stepper{},
		states: map[*Filter][]float64{}, records: map[*Record]int{}, spikes: map[Signal]*neuron.Block{},
		wiring: map[*Cells]*wiring{}, traces: map[*Trace][]float64{}, delays: map[*Delay][][]float64{}, rules: map[*Change]func(learn.Now){},
	}
	for _, s := range p.Signals {
		in.Signals = append(in.Signals, append([]float64(nil), s.Init...))
	}
	for _, op := range p.Operators {
		if err := in.prepare(op); err != nil {
			return nil, err
		}
	}
	return in, nil
}

func (in *Interpreter) prepare(op Operator) (err error) {
	switch op := op.(type) {
	case *Source:
		in.sources[op], err = op.Signal.Start(op.Env)
	case *Neurons:
		in.models[op], err = op.Model.NewStepper(op.Env)
	case *Filter:
		in.states[op] = make([]float64, op.System.Order()*op.From.Count)
	case *Learn:
		for i := range op.Changes {
			if c := &op.Changes[i]; c.Kind == Custom && err == nil {
				in.rules[c], err = c.Start()
			}
		}
	case *Trace:
		in.traces[op] = make([]float64, op.System.Order()*op.From.Count)
	case *Cells:
		for _, n := range op.Populations {
			if err := in.prepare(n); err != nil {
				return err
			}
		}
		in.wiring[op], err = newWiring(op, in.program.Dt)
	case *Record:
		in.records[op] = len(in.Recorded)
		in.Recorded = append(in.Recorded, Recording{})
	}
	return err
}

// Step executes one step.
func (in *Interpreter) Step() {
	in.step++
	for _, level := range in.levels {
		for _, op := range level {
			in.execute(op)
		}
	}
	var stores []pendingStore
	for _, op := range in.updates {
		switch op := op.(type) { // each finds its values before any update changes what it reads
		case *Filter:
			y := make([]float64, op.To.Count)
			FilterStep(op.System, in.states[op], in.load(op.From), y)
			stores = append(stores, pendingStore{op.To, y})
		case *Delay:
			stores = append(stores, pendingStore{op.To, in.delay(op)})
		case *Learn:
			stores = append(stores, in.learn(op)...)
		}
	}
	for _, s := range stores {
		in.store(s.to, s.values)
	}
}

func (in *Interpreter) execute(op Operator) {
	t := float64(in.step) * in.program.Dt
	switch op := op.(type) {
	case *Reset:
		in.store(op.To, op.Values)
	case *Source:
		y := make([]float64, op.To.Count)
		in.sources[op](t, y)
		in.store(op.To, y)
	case *Function:
		y := make([]float64, op.To.Count)
		op.F(t, in.load(op.From), y)
		in.store(op.To, y)
	case *Product:
		y := in.load(op.To)
		Multiply(op, in.program.Signals[op.From.Signal].Spikes, in.load(op.From), y)
		in.store(op.To, y)
	case *SparseProduct:
		in.sparse(op)
	case *Weighting:
		in.weigh(op)
	case *Trace:
		in.trace(op)
	case *Gather:
		in.gather(op)
	case *Neurons:
		in.neurons(op, nil)
	case *Cells:
		in.cells(op)
	case *Record:
		in.record(op)
	}
}

// Multiply adds the product to y. The order of summation is chosen by what the
// source is and by the shape, never by the machine:
//
//   - a scale, element by element;
//   - from spikes, neuron by neuron in rising order (a silent neuron adds
//     nothing);
//   - tall or square weights, column by column;
//   - wide weights, row by row with the fixed tree of kernel.Dot.
func Multiply(op *Product, spikes bool, x, y []float64) {
	switch {
	case op.Weights == nil:
		for i := range y {
			y[i] += float64(op.Scale * x[i])
		}
	case spikes || len(y) >= len(x):
		for j := range x {
			for i := range y {
				if spikes && x[j] == 0 {
					continue
				}
				y[i] += float64(op.Weights.At(i, j) * x[j])
			}
		}
	default:
		for i := range y {
			y[i] += kernel.Dot(kernel.Portable, op.Weights.Row(i), x)
		}
	}
}

// Preset adds a product of initial values to the initial value of its target.
func (p *Program) Preset(op *Product) {
	x, y := op.From.of(p.Signals[op.From.Signal].Init), op.To.of(p.Signals[op.To.Signal].Init)
	Multiply(op, false, x, y)
	op.To.put(p.Signals[op.To.Signal].Init, y)
}

func (in *Interpreter) neurons(op *Neurons, arrived [][]float64) {
	block := &neuron.Block{Step: in.step, Input: in.load(op.Input), Output: make([]float64, op.N), Arrived: arrived}
	for _, s := range op.States {
		block.State = append(block.State, in.load(s))
	}
	in.models[op].Step(block)
	for i, s := range op.States {
		in.store(s, block.State[i])
	}
	spec := op.Model.Spec()
	if spec.Spiking {
		size := spec.Amplitude / in.program.Dt
		for _, i := range block.Spikes {
			block.Output[i] += size
		}
	}
	in.store(op.Output, block.Output)
	in.spikes[op.Output.Signal] = block
}

func (in *Interpreter) record(op *Record) {
	r := &in.Recorded[in.records[op]]
	if op.Spikes {
		block := in.spikes[op.From.Signal]
		for k, id := range block.Spikes {
			if j, ok := op.From.Index(int(id)); ok {
				r.Steps, r.IDs, r.At = append(r.Steps, in.step), append(r.IDs, int32(j)), append(r.At, block.At[k])
			}
		}
		return
	}
	if in.step%int64(op.Every) == 0 {
		r.Values = append(r.Values, in.load(op.From)...)
	}
}

// Index gives the place within the view of a value of the signal.
func (v View) Index(i int) (int, bool) {
	i -= v.Start
	if i < 0 || i%v.Step != 0 || i/v.Step >= v.Count {
		return 0, false
	}
	return i / v.Step, true
}

// FilterStep advances a filter: see synapse.System.Step.
func FilterStep(s synapse.System, state, u, y []float64) { s.Step(state, u, y) }

// load copies the values of a view.
func (in *Interpreter) load(v View) []float64 { return v.of(in.Signals[v.Signal]) }

func (in *Interpreter) store(v View, x []float64) { v.put(in.Signals[v.Signal], x) }

// of copies the values of a view from those of its signal.
func (v View) of(signal []float64) []float64 {
	x := make([]float64, v.Count)
	for i := range x {
		x[i] = signal[v.Start+i*v.Step]
	}
	return x
}

// put copies values to the places of a view in its signal.
func (v View) put(signal, x []float64) {
	for i := range x {
		signal[v.Start+i*v.Step] = x[i]
	}
}
