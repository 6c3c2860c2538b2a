// Package script reads model files: programs in Starlark, a small and safe
// dialect of Python, that describe a network, how long to simulate it and which
// figures to draw.
//
//	model, err := script.Load("neuron.star", script.Options{})
//
// [Load] executes the file and gives a [Model]: the [soma.Network], the length
// of the simulation, the declared parameters, the figures. It simulates
// nothing.
//
// The package only translates. What a name means is defined by the Go packages;
// the parameters of neuron models, synapses, distributions and solvers are read
// from the struct tags of those packages, so that a new model is one line in
// models.go. The same tables make the language reference, docs/model-files.md.
//
// # Mistakes
//
// Load reports every mistake that it can find, not just the first. A call that
// is wrong is recorded, and execution goes on with what it could make, or with
// an unknown value that takes part in everything without further complaint. All
// errors are [soma.Errors] with positions in the model file.
//
// # Functions
//
// Functions of a model file become Go functions of the network. Those that are
// one numeric expression of their parameters are compiled to Go closures, with
// results that are equal to Starlark's bit for bit; the others run in the
// interpreter, each call with a limit of steps. A function that fails panics
// with a [*soma.Error], which soma.Call turns into an error. Functions may be
// called from several goroutines.
//
// # Safety
//
// A model file has no access to files (but for load and lists of synapses, in
// its own folder or below), clock or network. The steps, the memory and the time it may take are
// bounded by [Options].
package script
