package sparse

import "soma/learn"

// sensing is what a store knows of the voltages of its targets: the filtered
// voltages, and what the rule made of them as far back as synapses need it.
// Arrays over neurons follow one another, one for each delay or step kept.
type sensing struct {
	learn.Sensing
	neurons int
	// now are the voltages themselves, and own the filtered ones of neurons that
	// filter them: rows that somebody else writes.
	now      []float64
	own      [3][]float64
	filters  [3]learn.VoltageFilter // plus, minus, bar
	filtered [3][]float64
	before   []float64    // the voltages, a step ago
	late     [2][]float64 // plus and minus, as long as they are waited for
	waits    int          // steps, and one
	// lasting is what synapses have to meet, by neuron.
	lasting [][]sensed
	count   int       // of all neurons
	room    int       // for count
	moments []float64 // momentary values of the last steps
	kept    int       // how many steps
}

// sensed is what the voltage after a step does to synapses.
type sensed struct {
	step    int64
	lasting float64
}

// lastingPerNeuron is how much is kept of each neuron, on average, before synapses
// are brought up to date: some ten spikes.
const lastingPerNeuron = 256

// newSensing prepares a rule that looks at voltages; nil if it does not.
func (p Plastic) newSensing(dt float64, longest int, own share) *sensing {
	rule, ok := p.Rule.(learn.Sensing)
	if !ok {
		return nil
	}
	f := rule.Filters()
	s := &sensing{Sensing: rule, neurons: own.n, waits: f.LateSteps(dt) + 1, kept: 2*longest + 1}
	s.room = own.n * (lastingPerNeuron + 2*longest + 3)
	s.now = p.Voltages.Now[own.first : own.first+own.n]
	s.before, s.moments = make([]float64, own.n), make([]float64, own.n*s.kept)
	s.lasting = make([][]sensed, own.n)
	for i, tau := range []float64{f.Plus, f.Minus, f.Bar} {
		s.filters[i] = learn.NewVoltageFilter(tau, dt)
		s.filtered[i] = make([]float64, own.n)
		if row := p.Voltages.Filtered[i]; row != nil {
			s.own[i] = row[own.first : own.first+own.n]
		}
	}
	for i := range s.late {
		s.late[i] = make([]float64, own.n*s.waits)
	}
	return s
}

func (s *sensing) reset() {
	s.count = 0
	for i := range s.lasting {
		s.lasting[i] = s.lasting[i][:0]
	}
}

// start takes the voltages before the first step, at which the filtered ones
// have been for ever.
func (s *sensing) start() {
	copy(s.before, s.now)
	for i := range s.filtered {
		copy(s.filtered[i], s.initial(i))
	}
	for i := range s.late {
		for slot := range s.waits {
			copy(s.late[i][slot*s.neurons:], s.initial(i))
		}
	}
}

func (s *sensing) initial(i int) []float64 {
	if s.own[i] != nil {
		return s.own[i]
	}
	return s.now
}

// full says that synapses must be brought up to date before another step.
func (s *sensing) full() bool { return s.count+s.neurons > s.room }

// step looks at the voltages after a step.
func (s *sensing) step(step int64) {
	at, oldest := s.slot(step, s.waits), s.slot(step+1, s.waits)
	moments := s.moments[s.slot(step, s.kept):]
	for i, now := range s.now {
		before := s.before[i]
		s.before[i] = now
		minus := s.filtered[1][i] // before the step, for the filter of bar
		for k := range s.filtered {
			s.filtered[k][i] = s.next(k, i, before, now, minus)
		}
		s.late[0][at+i], s.late[1][at+i] = s.filtered[0][i], s.filtered[1][i]
		v := learn.Voltages{Now: now, Plus: s.late[0][oldest+i], Minus: s.late[1][oldest+i], Bar: s.filtered[2][i]}
		lasting, momentary := s.Sense(v)
		moments[i] = momentary
		if lasting != 0 {
			s.lasting[i] = append(s.lasting[i], sensed{step, lasting})
			s.count++
		}
	}
}

// next is a filtered voltage of a neuron after a step.
func (s *sensing) next(k, i int, before, now, minus float64) float64 {
	if s.own[k] != nil {
		return s.own[k][i]
	}
	if k == 2 {
		before, now = minus, s.filtered[1][i]
	}
	return s.filters[k].Step(s.filtered[k][i], before, now)
}

// slot is where a ring of some steps holds a step.
func (s *sensing) slot(step int64, length int) int { return int(step%int64(length)) * s.neurons }

// momentary is what a spike that meets a step of the target finds.
func (s *sensing) momentary(neuron int, step int64) float64 {
	if step < 0 {
		return 0
	}
	return s.moments[s.slot(step, s.kept)+neuron]
}

// after is how much of what is kept of a neuron is from up to a step.
func (s *sensing) after(neuron int, step int64) int {
	list := s.lasting[neuron]
	n := len(list)
	for n > 0 && list[n-1].step > step {
		n--
	}
	return n
}

// forget drops what all synapses have met, but for the last of each neuron.
func (s *sensing) forget(step int64) {
	s.count = 0
	for i, list := range s.lasting {
		first := max(s.after(i, step)-1, 0)
		s.lasting[i] = list[:copy(list, list[first:])]
		s.count += len(s.lasting[i])
	}
}

// meetVoltages is meet for a rule that looks at voltages, which come before the
// spikes of the same step.
func (p *plastic) meetVoltages(neuron int, w *window) (late int) {
	h := &p.history
	late = h.since(neuron, w.upTo)
	rest := p.sensing.lasting[neuron][p.sensing.after(neuron, w.after):]
	for k := h.since(neuron, w.after) - 1; k >= late; k-- {
		rest = p.meetLasting(rest, &w.last, h.at(neuron, k))
		p.meetSpike(neuron, k, w)
	}
	p.meetLasting(rest, &w.last, w.upTo)
	return late
}

// meetLasting lets the synapse meet a list up to a step, and gives the rest.
func (p *plastic) meetLasting(list []sensed, last *emission, upTo int64) []sensed {
	p.e.Pre = [learn.MaxTraces]float64{}
	for i := range list {
		s := &list[i]
		if s.step > upTo {
			return list[i:]
		}
		if last.step != never {
			for k := range p.pre {
				p.e.Pre[k] = float64(last.traces[k] * p.pre[k].At(s.step-last.step))
			}
		}
		p.sensing.OnVoltage(&p.e, s.lasting)
	}
	return nil
}
