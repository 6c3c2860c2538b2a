package compile

import (
	"fmt"
	"sync"
	"sync/atomic"

	"soma"
	"soma/solve"
)

// system is the decoders that one least-squares problem gives: functions of one
// ensemble over the same points, when the solver treats every output on its own.
type system struct {
	asked    []decode
	points   []float64
	targets  [][]float64 // of each
	decoders [][]float64 // of each
	failed   int         // the one that err is about
	field    string
	err      error
}

// askedDecoders lists the decoders that connections and probes need.
func (b *builder) askedDecoders() (asked []decode) {
	nets := b.net.All()
	for _, net := range nets {
		for _, conn := range net.Connections {
			if e, ok := conn.From.Of.(*soma.Ensemble); ok && conn.Rule == nil && !b.faulty[conn.Path()] && b.built.Tunings[e] != nil {
				if size, err := conn.FunctionSize(); err == nil && !b.hasLoaded(conn, "decoders") {
					asked = append(asked, b.pairwise(conn, decodeOf(conn, e, size)))
				}
			}
		}
	}
	for _, net := range nets {
		for _, p := range net.Probes {
			if e, ok := p.Target.Of.(*soma.Ensemble); ok && !b.faulty[p.Path()] && b.built.Tunings[e] != nil {
				asked = append(asked, decodeOfProbe(p, e))
			}
		}
	}
	return asked
}

// findDecoders solves for decoders: points are drawn in parallel; the functions,
// which are the user's and may not bear it, are evaluated one after the other;
// the systems are solved in parallel. Each is computed by itself, so that its
// numbers do not depend on the others.
func (b *builder) findDecoders(asked []decode) {
	systems := b.systems(asked)
	inParallel(b.opts.Threads, len(systems), func(_, i int) {
		s := systems[i]
		if s.points, s.err = b.evalPoints(s.asked[0]); s.err == nil {
			s.err = enoughPoints(len(s.points), s.asked[0].ensemble.Dimensions)
		}
		if s.err != nil {
			s.field = "eval_points"
		}
	})
	for _, s := range systems {
		for k := 0; k < len(s.asked) && s.err == nil; k++ {
			var y []float64
			if y, s.err = targets(s.asked[k], s.points); s.err != nil {
				s.failed, s.field = k, "function"
			}
			s.targets = append(s.targets, y)
		}
	}
	twin := b.twins(systems)
	activities := make([][]float64, b.opts.Threads+1)
	each := max(1, b.opts.Threads/max(len(systems), 1)) // few systems get several threads
	inParallel(b.opts.Threads, len(systems), func(worker, i int) {
		if s := systems[i]; s.err == nil && twin[s] == nil {
			activities[worker] = b.solve(s, activities[worker], each)
			s.points, s.targets = nil, nil
		}
	})
	for _, s := range systems {
		if t := twin[s]; t != nil {
			s.decoders, s.field, s.err = t.decoders, t.field, t.err
		}
		b.keepDecoders(s)
	}
}

// systems collects what can be solved together.
func (b *builder) systems(asked []decode) (list []*system) {
	seen := map[decoderKey]bool{}
	joined := map[decoderKey]*system{}
	for _, q := range asked {
		key := q.key()
		if seen[key] {
			continue
		}
		seen[key] = true
		_, separable := q.solver.(solve.Separable)
		join := decoderKey{ensemble: q.ensemble, solver: q.solver}
		if separable && q.points == nil && isComparable(q.solver) && joined[join] != nil {
			joined[join].asked = append(joined[join].asked, q)
			continue
		}
		s := &system{asked: []decode{q}}
		list = append(list, s)
		if separable && q.points == nil && isComparable(q.solver) {
			joined[join] = s
		}
	}
	return list
}

// solve finds the decoders of a system. It uses, and returns for the next one,
// the memory for activities.
func (b *builder) solve(s *system, memory []float64, threads int) []float64 {
	q := s.asked[0]
	e := q.ensemble
	s.field = q.field
	points := len(s.points) / e.Dimensions
	outputs := 0
	for _, one := range s.asked {
		outputs += one.size
	}
	kept, cached := b.cacheKey(s, points)
	if cached {
		if d, found := b.opts.Cache.Get(kept, e.N*outputs); found {
			s.split(d, e.N, outputs)
			return memory
		}
	}
	var d []float64
	d, memory, s.err = b.solveBy(s, points, outputs, memory, threads)
	if s.err == nil && len(d) != e.N*outputs {
		s.err = fmt.Errorf("the solver gave %d weights, %d needed", len(d), e.N*outputs)
	}
	if s.err == nil {
		s.split(d, e.N, outputs)
	}
	if s.err == nil && cached {
		_ = b.opts.Cache.Put(kept, d) // the next build will have to solve again, and no more
	}
	return memory
}

// solveBy has the solver find decoders. One that needs no more than sums over the
// points gets these; for others the activities are written into memory.
func (b *builder) solveBy(s *system, points, outputs int, memory []float64, threads int) (d, used []float64, err error) {
	q := s.asked[0]
	e := q.ensemble
	t, targets := b.built.Tunings[e], s.joinTargets(points, outputs)
	if bySums := solve.BySums(q.solver); bySums != nil {
		a, err := t.activities(e, s.points, &b.currents)
		if err != nil {
			return nil, memory, err
		}
		d, err = bySums(solve.Sum(points, e.N, outputs, a, targets, threads))
		return d, memory, err
	}
	if size := points * e.N; cap(memory) < size {
		memory = make([]float64, size)
	}
	activity, err := t.rates(e, s.points, memory[:points*e.N], threads)
	if err != nil {
		return nil, memory, err
	}
	d, err = q.solver.Solve(solve.Problem{
		Points: points, Neurons: e.N, Outputs: outputs, A: activity, Y: targets,
		Stream: b.stream(e.Path(), "solver"), Threads: threads,
	})
	return d, memory, err
}

// joinTargets puts the targets of all functions side by side.
func (s *system) joinTargets(points, outputs int) []float64 {
	if len(s.asked) == 1 {
		return s.targets[0]
	}
	y := make([]float64, 0, points*outputs)
	for p := range points {
		for k, q := range s.asked {
			y = append(y, s.targets[k][p*q.size:(p+1)*q.size]...)
		}
	}
	return y
}

// split gives every function its decoders.
func (s *system) split(d []float64, neurons, outputs int) {
	first := 0
	for _, q := range s.asked {
		own := make([]float64, 0, neurons*q.size)
		for i := range neurons {
			own = append(own, d[i*outputs+first:i*outputs+first+q.size]...)
		}
		s.decoders = append(s.decoders, own)
		first += q.size
	}
}

// keepDecoders notes what was found, or reports what went wrong.
func (b *builder) keepDecoders(s *system) {
	for k, q := range s.asked {
		b.decoders[q.key()] = nil
		if s.err == nil {
			b.decoders[q.key()] = s.decoders[k]
		}
	}
	if s.err == nil {
		return
	}
	b.failDecoding(s.asked[s.failed], s.field, s.err)
}

// failDecoding reports what went wrong with decoders.
func (b *builder) failDecoding(q decode, field string, err error) {
	o, remedy := q.who, ""
	switch {
	case field == "function":
		remedy = "mend the function, or give eval_points where it is defined"
	case field == "eval_points" && q.points == nil:
		o = where{q.ensemble.Path(), q.ensemble.FieldPosition}
	}
	b.fail(o.at(field), o.path, field, err, remedy)
}

// inParallel calls f for every i below n on some threads.
func inParallel(threads, n int, f func(worker, i int)) {
	workers := min(threads, n)
	if workers <= 1 {
		for i := range n {
			f(0, i)
		}
		return
	}
	var next atomic.Int64
	var team sync.WaitGroup
	for worker := range workers {
		team.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(worker, i)
			}
		})
	}
	team.Wait()
}

// enoughPoints refuses fewer points than dimensions: they cannot tell apart what
// is to be decoded.
func enoughPoints(values, dimensions int) error {
	if points := values / dimensions; points < dimensions {
		return fmt.Errorf("%d evaluation points in %d dimensions do not determine what is decoded; give at least %d, and better hundreds for each dimension", points, dimensions, dimensions)
	}
	return nil
}
