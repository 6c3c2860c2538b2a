package engine

import (
	"soma/internal/program"
)

// build makes the stages, level by level.
func (e *Engine) build(l *layout, levels [][]program.Operator) error {
	members := map[program.Signal]*member{}
	for i, level := range levels {
		for _, plan := range l.groups {
			if plan.level != i {
				continue
			}
			g := e.newGroup(l, plan)
			g.unseen = !e.seen(plan)
			if err := g.threads(1); err != nil {
				return err
			}
			e.groups = append(e.groups, g)
			e.stages = append(e.stages, g)
			for k := range plan.members {
				members[plan.members[k].Output.Signal] = &g.members[k]
			}
		}
		b := levelBuilder{e: e, l: l, members: members}
		for _, op := range level {
			if op, ok := op.(*program.Cells); ok {
				c, err := e.newCells(l, op, i)
				if err != nil {
					return err
				}
				e.stages = append(e.stages, c)
				for k, n := range op.Populations {
					members[n.Output.Signal] = &c.list[k].members[0]
				}
				continue
			}
			b.add(op)
		}
		e.stages = append(e.stages, b.stages()...)
	}
	return nil
}

// levelBuilder sorts the operators of one level into stages.
type levelBuilder struct {
	e         *Engine
	l         *layout
	members   map[program.Signal]*member // by output
	resets    resets
	sources   sources
	functions functions
	products  productBuilder
	decoders  decoderBuilder

	weightings weightings
	traces     traces
	gathers    gathers

	sparseProducts sparseProducts
	sparseDecoders sparseDecoders
}

func (b *levelBuilder) add(op program.Operator) {
	if b.e.replaced[op] {
		return
	}
	switch op := op.(type) {
	case *program.Reset:
		b.resets = append(b.resets, reset{b.l.span(op.To), op.Values})
	case *program.Source:
		b.sources.list = append(b.sources.list, source{op: op, to: b.l.span(op.To)})
	case *program.Function:
		f := function{op: op, from: b.l.span(op.From), to: b.l.span(op.To)}
		f.x, f.y = make([]float64, f.from.n), make([]float64, f.to.n)
		b.readDense(op.From)
		b.functions = append(b.functions, f)
	case *program.Product:
		if m, ok := b.members[op.From.Signal]; ok && b.e.program.Signals[op.From.Signal].Spikes {
			b.decoders.add(b.l, op, m)
		} else {
			b.products.add(b.l, op)
		}
	case *program.SparseProduct:
		b.sparseProduct(op)
	case *program.Weighting:
		b.weighting(op)
	case *program.Gather:
		b.gathers = append(b.gathers, gather{b.l.span(op.From), b.l.span(op.To), op.Order, int64(op.Every)})
	case *program.Trace:
		b.trace(op)
	case *program.Record:
		b.e.records = append(b.e.records, record{
			from: b.l.span(op.From), view: op.From, every: int64(op.Every), spikes: op.Spikes,
			member: b.members[op.From.Signal], op: op,
		})
		if m := b.members[op.From.Signal]; op.Spikes && m != nil {
			m.group.listed = true
		} else {
			b.readDense(op.From)
		}
	}
}

// readDense notes that somebody reads the output of spiking neurons as values.
func (b *levelBuilder) readDense(v program.View) { noteDense(b.members, v) }

func noteDense(members map[program.Signal]*member, v program.View) {
	if m, ok := members[v.Signal]; ok {
		m.group.dense = m.group.spiking
	}
}

func (b *levelBuilder) stages() []stage {
	var list []stage
	if len(b.resets) > 0 {
		list = append(list, b.resets.merged())
	}
	if len(b.sources.list) > 0 {
		list = append(list, &b.sources)
	}
	if len(b.functions) > 0 {
		list = append(list, b.functions)
	}
	if len(b.decoders.list) > 0 {
		list = append(list, b.decoders.list)
	}
	if len(b.products.list) > 0 {
		list = append(list, b.products.list)
	}
	if len(b.sparseDecoders) > 0 {
		list = append(list, b.sparseDecoders)
	}
	if len(b.sparseProducts) > 0 {
		list = append(list, b.sparseProducts)
	}
	if len(b.weightings) > 0 {
		list = append(list, b.weightings)
	}
	if len(b.gathers) > 0 {
		list = append(list, b.gathers)
	}
	if len(b.traces) > 0 {
		list = append(list, b.traces)
	}
	return list
}

// membersByOutput are all populations by the signal of their output.
func (e *Engine) membersByOutput() map[program.Signal]*member {
	members := map[program.Signal]*member{}
	for _, g := range e.groups {
		for k := range g.members {
			members[g.members[k].output] = &g.members[k]
		}
	}
	return members
}

// buildFilters makes the updates. A filter that reads what another filter
// updates gets a copy from before the updates.
func (e *Engine) buildFilters(l *layout, updates []program.Operator) {
	updated := map[program.Signal]bool{}
	for _, op := range updates {
		for _, u := range op.Uses() {
			updated[u.Signal] = updated[u.Signal] || u.Access == program.Updates
		}
	}
	members := e.membersByOutput()
	for _, op := range updates {
		op, ok := op.(*program.Filter)
		if !ok {
			continue
		}
		f := filter{system: op.System, from: l.span(op.From), to: l.span(op.To)}
		f.state = make([]float64, op.System.Order()*f.from.n)
		f.u, f.y = make([]float64, f.from.n), make([]float64, f.from.n)
		noteDense(members, op.From)
		f.prepared = updated[op.From.Signal]
		if e.lowpasses.add(f) {
			continue
		}
		e.filters = append(e.filters, f)
		if f.prepared {
			e.stale = append(e.stale, staleInput{len(e.filters) - 1, f.from})
		}
	}
}
