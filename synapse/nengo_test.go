package synapse

import (
	"strings"
	"testing"

	"soma/validation"
)

// response is a filter of the reference file.
type response struct {
	Step, Impulse, Lcg []float64
	Num, Den           []float64
	Analog             bool
	Method             string
}

// special are the filters of the reference file that have a type of their own.
var special = map[string]Synapse{
	"Lowpass_0": Lowpass{}, "Lowpass_0.0001": Lowpass{1e-4}, "Lowpass_0.005": Lowpass{0.005},
	"Lowpass_0.01": Lowpass{0.01}, "Lowpass_0.1": Lowpass{0.1},
	"Alpha_0": Alpha{}, "Alpha_0.005": Alpha{0.005}, "Alpha_0.1": Alpha{0.1},
	"Triangle_0": Triangle{}, "Triangle_0.005": Triangle{0.005}, "Triangle_0.02": Triangle{0.02},
}

// Every filter answers as Nengo's, by its own type and by its transfer function.
func TestResponsesAgainstNengo(t *testing.T) {
	var file struct {
		Dt       float64
		Inputs   struct{ Lcg []float64 }
		Synapses map[string]response
	}
	validation.JSON(t, "nengo/synapses.json", &file)
	if len(file.Synapses) != 22 {
		t.Fatalf("%d filters", len(file.Synapses))
	}
	compared := 0
	for name, want := range file.Synapses {
		forms := []Synapse{special[name]}
		if want.Num != nil {
			forms = append(forms, Linear{Num: want.Num, Den: want.Den, Digital: !want.Analog, Method: want.Method})
		}
		for _, form := range forms {
			if form == nil {
				continue
			}
			if problems := Check(form); problems != nil {
				t.Errorf("%s, %T: %v", name, form, problems)
				continue
			}
			s, err := form.Discrete(file.Dt)
			if err != nil {
				t.Errorf("%s, %T: %v", name, form, err)
				continue
			}
			n := len(want.Step)
			step, impulse := make([]float64, n), make([]float64, n)
			for i := range step {
				step[i] = 1
			}
			impulse[0] = 1 / file.Dt
			for input, c := range map[string]struct{ u, want []float64 }{
				"step": {step, want.Step}, "impulse": {impulse, want.Impulse}, "lcg": {file.Inputs.Lcg, want.Lcg},
			} {
				compared++
				if diff := validation.Near(run(s, c.u), c.want, 2e-11); diff != "" {
					t.Errorf("%s, %T, %s: %s", name, form, input, diff)
				}
			}
		}
	}
	if compared != 3*(11+19) {
		t.Errorf("%d responses compared", compared)
	}
}

// A chain of lowpasses of very different time constants, as one filter, answers
// as they do one after the other: the exponential of a stiff matrix is right.
func TestStiffFilter(t *testing.T) {
	const dt = 1e-3
	den := []float64{1}
	taus := []float64{1e-5, 0.003, 0.02, 5}
	for _, tau := range taus {
		next := make([]float64, len(den)+1)
		for i, c := range den {
			next[i] += c * tau
			next[i+1] += c
		}
		den = next
	}
	s, err := Linear{Num: []float64{1}, Den: den}.Discrete(dt)
	if err != nil {
		t.Fatal(err)
	}
	ones := make([]float64, 3000)
	for i := range ones {
		ones[i] = 1
	}
	got := run(s, ones)
	// The step response of distinct poles: 1 − Σ τᵢ^(n−1) e^(−t/τᵢ)/Π (τᵢ − τⱼ).
	want := make([]float64, len(ones))
	for i := range want {
		want[i] = 1
		for a, tau := range taus {
			share := tau * tau * tau
			for b, other := range taus {
				if a != b {
					share /= tau - other
				}
			}
			want[i] -= share * exp(-float64(i+1)*dt/tau)
		}
	}
	if diff := validation.Near(got, want, 1e-10); diff != "" {
		t.Error(diff)
	}
}

func TestLinearProblems(t *testing.T) {
	nan := 0.0
	nan /= nan
	for says, l := range map[string]Linear{
		"num: no coefficient":       {Den: []float64{1}},
		"den: no coefficient":       {Num: []float64{1}, Den: []float64{0, 0}},
		"num: its degree of 1":      {Num: []float64{1, 0}, Den: []float64{0, 1}},
		"den: degree 65":            {Num: []float64{1}, Den: append([]float64{1}, make([]float64, 65)...)},
		`method: "foh"`:             {Num: []float64{1}, Den: []float64{1, 1}, Method: "foh"},
		"den: coefficient 1 is NaN": {Num: []float64{1}, Den: []float64{1, nan}},
		"use zoh":                   {Num: []float64{1}, Den: []float64{1, -1000}, Method: "backward_diff"},
	} {
		_, err := l.Discrete(1e-3)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want %q", l, err, says)
		}
	}
	if _, err := (Triangle{T: 1000}).Discrete(1e-3); err == nil {
		t.Error("a triangle of a million steps is accepted")
	}
	for _, e := range []Each{{}, {Lowpass{0.1}, None{}}, {Lowpass{0.1}, Lowpass{-1}}, {Lowpasses(0.1)}} {
		if Check(e) == nil {
			t.Errorf("%v is accepted", e)
		}
	}
}
