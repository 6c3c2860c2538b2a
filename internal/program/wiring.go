package program

import (
	"cmp"
	"fmt"
	"slices"

	"soma/connect"
)

// wiring is every synapse of some cells as an object of its own, and every spike
// that is still on its way: the plainest way to have them.
type wiring struct {
	synapses []contact // in the canonical order: by bundle, target, number
	pending  map[int64][]arrival
	learning []*learning // of the connections that learn
}

type contact struct {
	number       int // of its connection
	bundle       int
	from, source int // population and neuron
	to, target   int
	receptor     int
	weight       float64
	delay        int64
	learns       *learned // nil: never
}

type arrival struct {
	contact *contact
	sent    int64
	order   int // of the synapse
	number  int // of the spike of the source, where the synapse learns
}

func newWiring(op *Cells, dt float64) (*wiring, error) {
	if len(op.Poisson) > 0 {
		return nil, fmt.Errorf("the interpreter draws no Poisson trains")
	}
	w := &wiring{pending: map[int64][]arrival{}}
	bundles := map[any]int{}
	for i, s := range op.Synapses {
		key := bundleKey(i, s)
		if _, ok := bundles[key]; !ok {
			bundles[key] = len(bundles)
		}
		if err := w.add(i, s, bundles[key], dt); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// bundleKey is what the synapses of a bundle have in common.
func bundleKey(i int, s *Synapses) any {
	if s.Learns() {
		return i
	}
	type key struct {
		population, receptor int
		constant             bool
		weight               float64
	}
	c, constant := s.Weight.(connect.Constant)
	return key{s.From.Population, s.Receptor, constant, float64(c)}
}

func (w *wiring) add(number int, s *Synapses, bundle int, dt float64) error {
	l := w.learn(s, dt)
	return s.Each(dt, func(source, target int, weight float64, delay int64) bool {
		w.synapses = append(w.synapses, contact{
			number: number, bundle: bundle, from: s.From.Population, source: s.From.First + source,
			to: s.To.Population, target: s.To.First + target, receptor: s.Receptor,
			weight: weight, delay: delay, learns: l.synapse(s.From.First+source, s.To.First+target),
		})
		return true
	})
}

// cells adds up what arrives, steps the neurons, and sends their spikes.
func (in *Interpreter) cells(op *Cells) {
	w := in.wiring[op]
	if in.step == 1 {
		w.look(in, op)
	}
	arrived := make([][][]float64, len(op.Populations))
	for i, n := range op.Populations {
		for range n.Model.Spec().Receptors {
			arrived[i] = append(arrived[i], make([]float64, n.N))
		}
	}
	for _, a := range inOrder(w.pending[in.step]) {
		arrived[a.contact.to][a.contact.receptor][a.contact.target] += a.sends()
	}
	delete(w.pending, in.step)
	for i, n := range op.Populations {
		in.neurons(n, arrived[i])
		for _, id := range in.spikes[n.Output.Signal].Spikes {
			w.fired(i, int(id), in.step)
			w.send(i, int(id), in.step)
		}
	}
	w.look(in, op)
	for i, s := range op.Synapses {
		if s.Held.Count > 0 {
			in.store(s.Held, in.Weights(op, i))
		}
	}
}

// look lets rules look at the voltages as they are.
func (w *wiring) look(in *Interpreter, op *Cells) {
	for _, l := range w.learning {
		l.look(in, op.Populations[l.To.Population])
	}
}

func (w *wiring) send(population, neuron int, step int64) {
	for i := range w.synapses {
		s := &w.synapses[i]
		if s.from == population && s.source == neuron {
			w.pending[step+s.delay] = append(w.pending[step+s.delay], arrival{s, step, i, s.learns.spikes()})
		}
	}
}

// inOrder sorts arrivals by bundle, step of sending, source, and number of the
// synapse.
func inOrder(list []arrival) []arrival {
	slices.SortStableFunc(list, func(a, b arrival) int {
		return cmp.Or(
			cmp.Compare(a.contact.bundle, b.contact.bundle),
			cmp.Compare(a.sent, b.sent),
			cmp.Compare(a.contact.source, b.contact.source),
			cmp.Compare(a.order, b.order),
		)
	})
	return list
}
