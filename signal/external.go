package signal

// External is set by the program between steps, by Simulator.Set: a loop around a
// simulation of sensors, actuators, other simulations. Until then its N values
// are 0, or Init.
type External struct {
	N    int
	Init []float64
}

// Size implements Signal.
func (e External) Size() int { return e.N }

// Start implements Signal; the engine plays what was set last.
func (e External) Start(Env) (func(float64, []float64), error) {
	return func(_ float64, out []float64) { copy(out, e.Init) }, nil
}
