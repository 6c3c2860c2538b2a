package script_test

import (
	"slices"
	"testing"

	"soma"
	"soma/nef"
	"soma/script"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// What a model file makes of package nef is what Go makes, bit for bit.
func TestNetworksOfAFileAndOfGo(t *testing.T) {
	file := mustLoad(t, `
model = Network("both", seed = 4)
values = model.node([0.5, -0.4, 0.3, 0.2], name = "values")
convolution = nef.circular_convolution(model, 60, dimensions = 4, invert_b = True)
array = nef.ensemble_array(model, 30, 2, ens_dimensions = 2, radius = 2)
lengths = array.add_output("length", lambda x: x[0]*x[0] + x[1]*x[1])
bg = nef.basal_ganglia(model, 4, 50, gaba_synapse = 10*ms)
model.connect(values, convolution.input_a, synapse = None)
model.connect(values, convolution.input_b, synapse = None)
model.connect(convolution.output, array.input)
model.connect(values, bg.input)
model.probe(convolution.output, name = "bound")
model.probe(lengths, name = "lengths")
model.probe(bg.stn.ensembles[1].neurons, "voltage", name = "stn")
simulate(50*ms)
`, script.Options{})

	net := soma.New("both", 4)
	values := net.Node("values", signal.Constant{0.5, -0.4, 0.3, 0.2})
	convolution := nef.CircularConvolution{NNeurons: 60, Dimensions: 4, InvertB: true}.Add(net, "convolution")
	array := nef.EnsembleArray{NNeurons: 30, NEnsembles: 2, EnsDimensions: 2, Radius: 2}.Add(net, "array")
	lengths := array.AddOutput("length", func(x []float64) []float64 {
		return []float64{float64(x[0]*x[0]) + float64(x[1]*x[1])}
	})
	bg := nef.BasalGanglia{Dimensions: 4, NNeuronsPerEnsemble: 50, GABASynapse: synapse.Lowpass{Tau: 0.01}}.Add(net, "bg")
	net.Connect(values, convolution.InputA).Synapse = synapse.None{}
	net.Connect(values, convolution.InputB).Synapse = synapse.None{}
	net.Connect(convolution.Output, array.Input)
	net.Connect(values, bg.Input)
	net.Probe("bound", convolution.Output)
	net.Probe("lengths", lengths)
	net.Probe("stn", bg.STN.Ensembles[1].Neurons, "voltage")

	ofFile, ofGo := recorded(t, file.Network), recorded(t, net)
	for i := range ofGo {
		if !slices.Equal(ofFile[i], ofGo[i]) {
			t.Errorf("probe %d differs", i)
		}
	}
}

// recorded is what the probes of a network record in 50 ms.
func recorded(t *testing.T, net *soma.Network) (values [][]float64) {
	t.Helper()
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context(), 0.05); err != nil {
		t.Fatal(err)
	}
	for _, p := range net.Probes {
		values = append(values, s.Data(p).Values)
	}
	return values
}
