package neuron_test

import (
	"fmt"

	"soma/dist"
	"soma/neuron"
)

// The steady rate of a leaky neuron: nothing up to the threshold current of
// V_th/R = 1 nA, then the closed form.
func ExampleRater() {
	cell := neuron.LeakyIF{TauRef: 2e-3} // 1 nF, 20 MOhm, 20 mV
	currents := []float64{0.5e-9, 1e-9, 1.5e-9, 3e-9}
	rates := make([]float64, len(currents))
	cell.Rates(rates, currents)
	for i, current := range currents {
		fmt.Printf("%.1f nA: %5.1f Hz\n", current*1e9, rates[i])
	}
	// Output:
	// 0.5 nA:   0.0 Hz
	// 1.0 nA:   0.0 Hz
	// 1.5 nA:  41.7 Hz
	// 3.0 nA:  98.9 Hz
}

// Gain and bias of the neuron that starts to fire at x = −0.5 and reaches 100 Hz
// at x = 1.
func ExampleTuner() {
	gain, bias, problem := neuron.LIF{}.GainBias(100, -0.5)
	fmt.Printf("gain %.4f, bias %.4f, problem %v\n", gain, bias, problem)
	// Output: gain 1.3555, bias 1.6777, problem <nil>
}

// A leaky neuron as text: what it is made of, and the method that was chosen.
func ExampleEquations() {
	cell := &neuron.Equations{
		Text: `
			dv/dt = (E_L - v + R*I)/tau : volt (unless refractory)
			dg/dt = -g/(5*ms) : volt`,
		Threshold: "v > -50*mV", Reset: "v = E_L", Refractory: "2*ms",
		Receptors: []neuron.EquationReceptor{{Name: "exc", Statements: "v += w"}},
		Parameters: []neuron.Parameter{
			{Name: "E_L", Value: dist.Constant{Value: -70e-3}},
			{Name: "R", Value: dist.Constant{Value: 100e6}},
			{Name: "tau", Value: dist.Constant{Value: 20e-3}},
		},
	}
	spec := cell.Spec()
	for _, s := range spec.States {
		fmt.Println(s.Name, s.Unit)
	}
	fmt.Println("input", spec.InputUnit, "receptor", spec.Receptors[0].Unit)
	fmt.Println(cell.MethodUsed())
	// Output:
	// v V
	// g V
	// refractory_time s
	// input A receptor V
	// exact the equations are linear
}
