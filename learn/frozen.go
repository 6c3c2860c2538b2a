package learn

// Freeze makes a rule keep its weights. What it says of spikes that are sent goes on;
// nil if it says nothing.
func Freeze(r Plasticity) Plasticity {
	if !r.Traces().Sends {
		return nil
	}
	f := frozen{r}
	if flowing, ok := r.(Flowing); ok {
		return frozenFlowing{f, flowing}
	}
	return f
}

type frozen struct{ Plasticity }

// OnPost implements Plasticity.
func (f frozen) OnPost(e *Event) {
	w := e.Weight
	f.Plasticity.OnPost(e)
	e.Weight = w
}

// OnPre implements Plasticity.
func (f frozen) OnPre(e *Event) {
	w := e.Weight
	f.Plasticity.OnPre(e)
	e.Weight = w
}

type frozenFlowing struct {
	frozen
	flowing Flowing
}

// Pass implements Flowing.
func (f frozenFlowing) Pass(e *Event, steps int64) {
	w := e.Weight
	f.flowing.Pass(e, steps)
	e.Weight = w
}
