package engine

import (
	"soma/internal/param"
	"soma/internal/program"
	"soma/internal/sparse"
	"soma/neuron"
)

// fastModel gives package sparse's own version of a model, and of each neuron's
// where they differ; it steps many neurons at once and draws Poisson input on the
// way. It applies where the current into the neurons never changes and is the same
// for all, and where only voltages have initial values of their own. All of this is
// known from the model, so the choice is the same on every machine.
func (e *Engine) fastModel(n *program.Neurons) (model sparse.Model, each []sparse.Model, ok bool) {
	current, ok := e.constantCurrent(n)
	if !ok || !e.atRest(n) {
		return nil, nil, false
	}
	own, ok := n.Model.(*neuron.Each)
	if !ok {
		model, ok = e.fast(n.Model, current)
		return model, nil, ok
	}
	for _, m := range own.Models() {
		one, ok := e.fast(m, current)
		if !ok {
			return nil, nil, false
		}
		each = append(each, one)
	}
	return each[0], each, true
}

func (e *Engine) fast(model neuron.Model, current float64) (sparse.Model, bool) {
	switch m := model.(type) {
	case neuron.IafPscExp:
		m = param.Resolve(m)
		return sparse.IafPscExp{
			C: m.CM, TauM: m.TauM, TauEx: m.TauSynEx, TauIn: m.TauSynIn,
			EL: m.EL, VTh: m.VTh, VReset: m.VReset, TRef: m.TRef, Ie: m.IE + current,
			OneCurrent: m.OneCurrent(),
		}, m.Delta == 0 && sparse.Holds(m.TRef, e.dt)
	case neuron.IafPscAlpha:
		m = param.Resolve(m)
		return sparse.IafPscAlpha{
			C: m.CM, TauM: m.TauM, TauEx: m.TauSynEx, TauIn: m.TauSynIn,
			EL: m.EL, VTh: m.VTh, VReset: m.VReset, TRef: m.TRef, Ie: m.IE + current,
		}, m.VMin < -1e300 && sparse.Holds(m.TRef, e.dt)
	case neuron.IafPscDelta:
		m = param.Resolve(m)
		plain := !m.RefractoryInput && m.VMin < -1e300
		return sparse.IafPscDelta{
			C: m.CM, TauM: m.TauM,
			EL: m.EL, VTh: m.VTh, VReset: m.VReset, TRef: m.TRef, Ie: m.IE + current,
		}, plain && sparse.Holds(m.TRef, e.dt)
	}
	return nil, false
}

// constantCurrent is the input of a population that nothing changes and that is
// the same for every neuron.
func (e *Engine) constantCurrent(n *program.Neurons) (float64, bool) {
	for _, op := range e.program.Operators {
		for _, u := range op.Uses() {
			if u.Signal == n.Input.Signal && u.Access != program.Reads {
				return 0, false
			}
		}
	}
	init := e.program.Signals[n.Input.Signal].Init
	for _, x := range init {
		if x != init[0] {
			return 0, false
		}
	}
	return init[0], true
}

// atRest says whether every state variable but the first, the voltage, is 0 at
// the start.
func (e *Engine) atRest(n *program.Neurons) bool {
	for _, s := range n.States[min(1, len(n.States)):] {
		for _, x := range e.program.Signals[s.Signal].Init {
			if x != 0 {
				return false
			}
		}
	}
	return true
}
