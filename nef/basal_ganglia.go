package nef

import (
	"soma"
	"soma/connect"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// A BasalGanglia selects an action: its output is about 0 for the largest of its
// inputs and negative for the others. Inputs should lie between 0 and 1.
//
// The model is that of K. Gurney, T. J. Prescott and P. Redgrave ("A
// computational model of action selection in the basal ganglia", Biol. Cybern.
// 84:401–423, 2001), with spiking neurons as in T. C. Stewart, X. Choo and C.
// Eliasmith ("Dynamic behaviour of a spiking model of action selection in the
// basal ganglia", ICCM 2010).
type BasalGanglia struct {
	Dimensions          int             `param:"dimensions" check:">0" doc:"number of actions"`
	NNeuronsPerEnsemble int             `param:"n_neurons_per_ensemble" default:"100" check:">0" doc:"neurons of each ensemble; there are five for each action"`
	OutputWeight        float64         `param:"output_weight" default:"-3" doc:"factor on the output"`
	InputBias           float64         `param:"input_bias" doc:"added to every input"`
	AMPASynapse         synapse.Synapse `param:"ampa_synapse" default:"2*ms" doc:"of the excitatory connections, from the subthalamic nucleus"`
	GABASynapse         synapse.Synapse `param:"gaba_synapse" default:"8*ms" doc:"of the inhibitory connections"`
	Neuron              neuron.Model    `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input  *soma.Node     `end:"input" doc:"how worthwhile each action is"`
	Output *soma.Node     `end:"output" doc:"0 for the action that is selected"`
	StrD1  *EnsembleArray `end:"strD1" doc:"striatum, D1 receptors"`
	StrD2  *EnsembleArray `end:"strD2" doc:"striatum, D2 receptors"`
	STN    *EnsembleArray `end:"stn" doc:"subthalamic nucleus"`
	GPi    *EnsembleArray `end:"gpi" doc:"globus pallidus internus and substantia nigra reticulata"`
	GPe    *EnsembleArray `end:"gpe" doc:"globus pallidus externus"`
}

// The parameters of Gurney, Prescott and Redgrave (2001): thresholds of the
// nuclei, weights between them, and the effect of dopamine.
const (
	thresholdStr = 0.2
	thresholdSTN = -0.25
	thresholdGPe = -0.2
	thresholdGPi = -0.2

	weightStr = 1 // cortex → striatum
	weightSTN = 1 // cortex → STN
	weightDir = 1 // striatum D1 → GPi, D2 → GPe
	weightExc = 0.9
	weightGPi = 0.3 // GPe → GPi
	weightGPe = 1   // GPe → STN

	dopamineD1 = 0.2 // strengthens D1 …
	dopamineD2 = 0.2 // … and weakens D2
)

// Add makes the network.
func (g BasalGanglia) Add(net *soma.Network, name string) *BasalGanglia {
	sub, g := Begin(net, name, g)
	g.Network = sub
	g.Input, g.Output = sub.Passthrough("input", g.Dimensions), sub.Passthrough("output", g.Dimensions)
	if g.InputBias != 0 {
		direct(sub, constant(sub, "bias", g.InputBias), g.Input).Transform = uniform(g.Dimensions, 1, 1)
	}
	var strD1, strD2, stn, gpe, gpi *soma.Node
	g.StrD1, strD1 = g.nucleus("strD1", thresholdStr)
	g.StrD2, strD2 = g.nucleus("strD2", thresholdStr)
	g.STN, stn = g.nucleus("stn", thresholdSTN)
	g.GPe, gpe = g.nucleus("gpe", thresholdGPe)
	g.GPi, gpi = g.nucleus("gpi", thresholdGPi)

	ampa, gaba := orLowpass(g.AMPASynapse, 0.002), orLowpass(g.GABASynapse, 0.008)
	connected := func(from, to *soma.Node, t connect.Transform, s synapse.Synapse) {
		conn := sub.Connect(from, to)
		conn.Transform, conn.Synapse = t, s
	}
	none := synapse.None{}
	connected(g.Input, g.StrD1.Input, connect.Scale(weightStr*(1+dopamineD1)), none)
	connected(g.Input, g.StrD2.Input, connect.Scale(weightStr*(1-dopamineD2)), none)
	connected(g.Input, g.STN.Input, connect.Scale(weightSTN), none)
	connected(strD1, g.GPi.Input, connect.Scale(-weightDir), gaba)
	connected(strD2, g.GPe.Input, connect.Scale(-weightDir), gaba)
	all := uniform(g.Dimensions, g.Dimensions, weightExc)
	connected(stn, g.GPi.Input, all, ampa)
	connected(stn, g.GPe.Input, all, ampa)
	connected(gpe, g.GPi.Input, connect.Scale(-weightGPi), gaba)
	connected(gpe, g.STN.Input, connect.Scale(-weightGPe), gaba)
	connected(gpi, g.Output, connect.Scale(g.OutputWeight), none)
	Finish(sub)
	return &g
}

// nucleus adds one of the nuclei, and the node of its activity above a threshold.
func (g *BasalGanglia) nucleus(name string, threshold float64) (*EnsembleArray, *soma.Node) {
	array := EnsembleArray{
		NNeurons: g.NNeuronsPerEnsemble, NEnsembles: g.Dimensions, Neuron: g.Neuron, Radius: 1.5,
		Encoders: positive, Intercepts: dist.Uniform{Low: threshold, High: 1},
	}.Add(g.Network, name)
	return array, array.AddOutput("activity", func(x []float64) []float64 { return []float64{max(x[0]-threshold, 0)} })
}

// constant adds a node that always gives one value.
func constant(net *soma.Network, name string, value float64) *soma.Node {
	return net.Node(name, signal.Constant{value})
}
