package learn

// Custom is a rule of a program's own, for connections that carry values. Once a
// step it says how every weight changes:
//
//	func (h Hebb) Start(env learn.Setting) (func(learn.Now), error) {
//		return func(now learn.Now) {
//			for i, b := range now.Targets {
//				for j, a := range now.Sources {
//					now.Change[i*env.Cols+j] = float64(h.Rate*a) * b
//				}
//			}
//		}, nil
//	}
//
// To have the same numbers on every machine, it must add products that have been
// rounded, as above, and take functions such as exp from a portable library.
type Custom interface {
	Rule
	// Start makes the running rule, at the beginning of every simulation; what it
	// returns may keep state of its own, such as filtered activities.
	Start(env Setting) (step func(now Now), err error)
}

// Setting is what a running rule knows.
type Setting struct {
	Dt         float64 // length of a step, s
	Rows, Cols int     // of the weights: values that the connection gives, values of its source
}

// Now is what a rule sees in a step, and where it puts what it makes of it. The
// slices belong to the simulator and are valid during the call.
type Now struct {
	Sources []float64 // outputs of the neurons, or values, where the connection starts
	// Targets are the outputs of the neurons to which the weights lead; nil where they
	// lead to values.
	Targets []float64
	Input   []float64 // what is connected to the rule; see Spec.Input
	Weights []float64 // row by row; not to be changed
	Change  []float64 // row by row, to be filled: zeros, which are added to the weights
}
