package spa

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/nef"
	"soma/signal"
	"soma/synapse"
)

// An Action is a rule of action selection: of several, the one with the highest
// utility has its effects.
type Action struct {
	Name    string
	Utility string   // "dot(state, A)"
	Effects []string // "B -> state"
}

// An ActionSelection chooses among actions by the basal ganglia and carries their
// effects out by the thalamus, which opens gates: between two modules there is a
// population that is silent unless its action is selected (T. C. Stewart, F.-X.
// Choo and C. Eliasmith, "Symbolic reasoning in spiking neurons", CogSci 2010).
type ActionSelection struct {
	Actions []Action
	// Modules are what the rules name. Without them Add makes the basal ganglia and
	// the thalamus, and Route connects them.
	Modules Modules

	NNeuronsPerEnsemble int     `param:"n_neurons_per_ensemble" default:"100" check:">0" doc:"neurons of each ensemble of the basal ganglia"`
	InputBias           float64 `param:"input_bias" doc:"added to every utility"`
	NeuronsAction       int     `param:"neurons_action" default:"50" check:">0" doc:"neurons of each action in the thalamus"`
	ThresholdAction     float64 `param:"threshold_action" default:"0.2" check:"0..1" doc:"below it an action counts as not selected"`
	MutualInhibit       float64 `param:"mutual_inhibit" default:"1" check:">=0" doc:"of actions by each other"`
	RouteInhibit        float64 `param:"route_inhibit" default:"3" check:">=0" doc:"how strongly closed gates inhibit"`
	SynapseInhibit      float64 `param:"synapse_inhibit" unit:"s" default:"0.008" check:">=0" doc:"time constant of that inhibition"`
	SynapseBG           float64 `param:"synapse_bg" unit:"s" default:"0.008" check:">=0" doc:"time constant from the basal ganglia to the thalamus"`
	SynapseChannel      float64 `param:"synapse_channel" unit:"s" default:"0.01" check:">=0" doc:"time constant of the effects"`
	NeuronsChannelDim   int     `param:"neurons_channel_dim" default:"50" check:">0" doc:"neurons for each dimension of what is routed"`
	SubdimChannel       int     `param:"subdim_channel" default:"16" check:">0" doc:"dimensions of each ensemble of what is routed"`
	NeuronsGate         int     `param:"neurons_gate" default:"40" check:">0" doc:"neurons of each gate"`
	ThresholdGate       float64 `param:"threshold_gate" default:"0.3" check:"0..1" doc:"below it a gate is open"`
	SynapseToGate       float64 `param:"synapse_to_gate" unit:"s" default:"0.002" check:">=0" doc:"time constant from an action to its gate"`

	*soma.Network
	BG       *nef.BasalGanglia `end:"bg" doc:"the basal ganglia; its input is the utilities"`
	Thalamus *nef.Thalamus     `end:"thalamus" doc:"its output is 1 for the selected action"`

	gates map[int]*soma.Ensemble
}

// Check reports what is wrong with the parameters.
func (a ActionSelection) Check() []param.Problem {
	problems := nef.CheckFields(a)
	if len(a.Actions) == 0 {
		problems = append(problems, param.Problem{Field: "actions", Problem: "no actions", Remedy: "give at least one, such as spa.ifmax(\"dot(state, A)\", \"B -> state\")"})
	}
	return problems
}

// Add makes the network.
func (a ActionSelection) Add(net *soma.Network, name string) *ActionSelection {
	sub, a := nef.Begin(net, name, a)
	a.Network, a.gates = sub, map[int]*soma.Ensemble{}
	n := max(len(a.Actions), 1)
	a.BG = nef.BasalGanglia{Dimensions: n, NNeuronsPerEnsemble: a.NNeuronsPerEnsemble, InputBias: a.InputBias}.Add(sub, "bg")
	a.Thalamus = nef.Thalamus{
		Dimensions: n, NNeuronsPerEnsemble: a.NeuronsAction, MutualInhib: a.MutualInhibit, Threshold: a.ThresholdAction,
	}.Add(sub, "thalamus")
	sub.Connect(a.BG.Output, a.Thalamus.Input).Synapse = synapse.Lowpass{Tau: a.SynapseBG}
	if a.Modules != nil {
		a.Route(a.Modules, func(action, effect int, err *TextError) {
			field := fmt.Sprintf("actions[%d].utility", action)
			if effect >= 0 {
				field = fmt.Sprintf("actions[%d].effects[%d]", action, effect)
			}
			sub.Report(field, err.Error(), "")
		})
	}
	nef.Finish(sub)
	return &a
}

// Route connects the utilities and the effects of all actions. What is wrong is
// reported with the number of the action, and that of the effect; −1: the
// utility.
func (a *ActionSelection) Route(modules Modules, report func(action, effect int, err *TextError)) {
	defer a.Place(a.Pos)
	for i, action := range a.Actions {
		sub := a.Network.Network(action.title(i))
		if err := caught(func() { a.utility(sub, i, action.Utility, modules) }); err != nil {
			report(i, -1, err)
		}
		for k, text := range action.Effects {
			if err := caught(func() { a.effect(sub, i, text, modules) }); err != nil {
				report(i, k, err)
			}
		}
	}
}

// title names an action.
func (a Action) title(i int) string {
	if a.Name != "" {
		return a.Name
	}
	return numbered("action", i)
}

// utility connects a utility to the basal ganglia.
func (a *ActionSelection) utility(net *soma.Network, i int, text string, modules Modules) {
	c := &compiler{text: text, modules: modules}
	e := must(parse(text, (*parser).sum))
	if c.typeOf(e).shape == vector {
		c.fail(e, "a vector is no utility", "write dot(…, …)")
	}
	c.flow(net, e, nil).into(net, a.BG.Input.At(i), synapse.Default())
}

// effect connects what an action does: a fixed pointer comes from the action
// itself; what modules represent goes through a gate.
func (a *ActionSelection) effect(net *soma.Network, i int, text string, modules Modules) {
	c := &compiler{text: text, modules: modules}
	for _, r := range c.routes() {
		to, f := c.route(net, r)
		channel := synapse.Lowpass{Tau: a.SynapseChannel}
		if f.fixed() {
			conn := net.Connect(a.Thalamus.Output.At(i), to)
			conn.Transform, conn.Synapse = connect.Dense(column(f.constant)), channel
			continue
		}
		in, out, neurons := a.channel(net, c.named(r.to, r.toAt).Vocab)
		f.into(net, in, synapse.Default())
		net.Connect(out, to).Synapse = channel
		a.close(net, i, neurons)
	}
}

// channel adds the population that carries an effect.
func (a *ActionSelection) channel(net *soma.Network, v *Vocabulary) (in, out *soma.Node, ensembles []*soma.Ensemble) {
	name := numbered("channel", len(net.Networks))
	if v == nil {
		s := Scalar{NNeurons: a.NeuronsChannelDim}.Add(net, name)
		return s.Input, s.Output, s.Ensembles
	}
	s := State{Vocab: v, NeuronsPerDimension: a.NeuronsChannelDim, Subdimensions: a.SubdimChannel}.Add(net, name)
	return s.Input, s.Output, s.Ensembles
}

// close lets the gate of an action inhibit a channel. The gate is active unless
// its action is selected.
func (a *ActionSelection) close(net *soma.Network, i int, ensembles []*soma.Ensemble) {
	gate := a.gates[i]
	if gate == nil {
		gate = net.Ensemble("gate", a.NeuronsGate, 1)
		gate.Encoders, gate.Intercepts = dist.Constant{Value: 1}, dist.Uniform{Low: a.ThresholdGate, High: 0.95}
		direct(net, net.Node("bias", signal.Constant{1}), gate)
		conn := net.Connect(a.Thalamus.Output.At(i), gate)
		conn.Transform, conn.Synapse = connect.Scale(-1), synapse.Lowpass{Tau: a.SynapseToGate}
		a.gates[i] = gate
	}
	for _, e := range ensembles {
		conn := net.Connect(gate, e.Neurons)
		inhibit := zeros(e.N, 1)
		for k := range inhibit {
			inhibit[k][0] = -a.RouteInhibit
		}
		conn.Transform, conn.Synapse = inhibit, synapse.Lowpass{Tau: a.SynapseInhibit}
	}
}
