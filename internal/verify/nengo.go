package verify

import (
	"math"

	"soma/neuron"
	"soma/solve"
	"soma/synapse"
	"soma/validation"
)

func nengoCases() []Case {
	return []Case{
		{"one neuron follows a cosine", "Nengo, step by step", "", 1e-12, oneNeuron},
		{"AdaptiveLIF, Izhikevich, …", "Nengo, step by step", "", 1e-11, traces},
		{"rates of the neuron models", "Nengo", "", 1e-12, nengoRates},
		{"gain and bias", "Nengo", "", 1e-12, gainBias},
		{"filters", "Nengo", "", 2e-11, filters},
		{"decoders of the solvers", "Nengo", "", 1e-9, decoders},
	}
}

// models are the neurons of the reference files, by their names there.
var models = map[string]neuron.Model{
	"LIF": neuron.LIF{}, "LIF_ref0": neuron.LIF{TauRef: neuron.Zero}, "LIF_amp0.5": neuron.LIF{Amplitude: 0.5},
	"LIFRate": neuron.LIFRate{}, "LIFRate_rc50_ref1": neuron.LIFRate{TauRC: 0.05, TauRef: 0.001},
	"LIFRate_amp0.5_ref1ms_rc50ms": neuron.LIFRate{TauRC: 0.05, TauRef: 0.001, Amplitude: 0.5},
	"LIFRate_ref0":                 neuron.LIFRate{TauRef: neuron.Zero},
	"RectifiedLinear":              neuron.RectifiedLinear{}, "RectifiedLinear_amp0.2": neuron.RectifiedLinear{Amplitude: 0.2},
	"SpikingRectifiedLinear": neuron.SpikingRectifiedLinear{},
	"AdaptiveLIF":            neuron.AdaptiveLIF{}, "AdaptiveLIFRate": neuron.AdaptiveLIFRate{},
	"Sigmoid": neuron.Sigmoid{}, "Sigmoid_ref5ms": neuron.Sigmoid{TauRef: 0.005}, "Tanh": neuron.Tanh{},
	"Izhikevich": neuron.Izhikevich{}, "Izhikevich_FS": neuron.Izhikevich{TauRecovery: 0.1},
	"Izhikevich_IB":          neuron.Izhikevich{ResetVoltage: -55, ResetRecovery: 4},
	"RegularSpiking_LIFRate": neuron.RegularSpiking{},
}

func nengoRates(r *report) {
	for name, want := range validation.Columns(r, "nengo/rates.csv") {
		if model, ok := models[name].(neuron.Rater); ok {
			got := make([]float64, len(want))
			model.Rates(got, validation.Columns(r, "nengo/rates.csv")["J"])
			r.near(name, got, want)
		}
	}
}

func gainBias(r *report) {
	for _, row := range validation.Rows(r, "nengo/gain_bias.csv") {
		number := func(name string) float64 { return validation.Number(r, row[name]) }
		tuner, ok := models[row["neuron"]].(neuron.Tuner)
		if !ok {
			continue // read from the curve by both, on different grids
		}
		gain, bias, problem := tuner.GainBias(number("max_rate"), number("intercept"))
		if problem != nil {
			r.Fatalf("%v: %v", row, problem)
		}
		r.near(row["neuron"], []float64{gain, bias}, []float64{number("gain"), number("bias")})
	}
}

// traces compares every state variable and the output of single neurons.
func traces(r *report) {
	var file map[string]struct {
		J    []float64
		Dt   float64
		Rows [][]float64 // state variables, then the output
	}
	validation.JSON(r, "nengo/neuron_traces.json", &file)
	for name, c := range map[string]struct {
		model neuron.Model
		start []float64
	}{
		"AdaptiveLIF_const3":           {neuron.AdaptiveLIF{TauN: 0.1, IncN: 0.05}, []float64{0, 0, 0}},
		"AdaptiveLIF_default_lcg":      {neuron.AdaptiveLIF{}, []float64{0, 0, 0}},
		"AdaptiveLIFRate_const3":       {neuron.AdaptiveLIFRate{TauN: 0.1, IncN: 0.05}, []float64{0}},
		"Izhikevich_const10":           {neuron.Izhikevich{}, []float64{-65, 0}},
		"Izhikevich_lcg_v0":            {neuron.Izhikevich{}, []float64{0, 0}},
		"SpikingRectifiedLinear_multi": {neuron.SpikingRectifiedLinear{}, []float64{0}},
	} {
		trace, spec := file[name], c.model.Spec()
		b, s := single(r, c.model, trace.Dt)
		for k, x := range c.start {
			b.State[k][0] = x
		}
		for i, j := range trace.J {
			b.Input[0], b.Spikes = j, nil
			s.Step(b)
			got := make([]float64, 0, 4)
			for k, row := range b.State {
				if spec.States[k].Name == "refractory_time" {
					got = append(got, max(row[0], trace.Rows[i][k])) // Nengo's goes on falling below 0
					continue
				}
				got = append(got, row[0])
			}
			if spec.Spiking {
				b.Output[0] = float64(len(b.Spikes)) * spec.Amplitude / trace.Dt
			}
			r.near(name, append(got, b.Output[0]), trace.Rows[i])
		}
	}
}

func filters(r *report) {
	var file struct {
		Dt       float64
		Inputs   struct{ Lcg []float64 }
		Synapses map[string]struct {
			Lcg, Num, Den []float64
			Analog        bool
			Method        string
		}
	}
	validation.JSON(r, "nengo/synapses.json", &file)
	for name, want := range file.Synapses {
		var form synapse.Synapse = synapse.Linear{Num: want.Num, Den: want.Den, Digital: !want.Analog, Method: want.Method}
		if want.Num == nil {
			form = synapse.Triangle{T: map[string]float64{"Triangle_0.005": 0.005, "Triangle_0.02": 0.02}[name]}
		}
		r.near(name, filtered(r, form, file.Dt, file.Inputs.Lcg), want.Lcg)
	}
}

// decoders compares weights relative to the largest.
func decoders(r *report) {
	var file map[string]struct {
		A, Y      [][]float64
		Solutions map[string]struct{ X [][]float64 }
	}
	validation.JSON(r, "nengo/solvers.json", &file)
	for name, s := range file {
		problem := solve.Problem{Points: len(s.A), Neurons: len(s.A[0]), Outputs: len(s.Y[0]), A: flat(s.A), Y: flat(s.Y)}
		for solution, solver := range map[string]solve.Solver{
			"LstsqL2": solve.LstsqL2{}, "LstsqL2_reg0.01": solve.LstsqL2{Reg: 0.01}, "LstsqL2nz": solve.LstsqL2nz{},
			"Lstsq": solve.Lstsq{}, "Lstsq_rcond1e-4": solve.Lstsq{Rcond: 1e-4}, "LstsqDrop": solve.LstsqDrop{}, "Nnls": solve.NNLS{},
		} {
			got, err := solver.Solve(problem)
			r.must(err)
			want, largest := flat(s.Solutions[solution].X), 0.0
			for _, x := range want {
				largest = max(largest, math.Abs(x))
			}
			r.within(name+" "+solution, got, want, largest)
		}
	}
}

func flat(rows [][]float64) (list []float64) {
	for _, row := range rows {
		list = append(list, row...)
	}
	return list
}
