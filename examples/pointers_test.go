package examples_test

import (
	"testing"

	"soma/plot"
)

// similarities of the k-th similarity panel of an example: its curves at a time.
func similarities(r result, panel int, seconds float64) map[string]float64 {
	p := r.Figures[0].Panels[panel]
	d := r.data[p.Probes[0]]
	i := min(int(seconds*1000+0.5), d.Samples()) - 1
	curves := map[string]float64{}
	for k, vector := range p.Projections {
		for j, x := range d.Values[i*d.Width : (i+1)*d.Width] {
			curves[p.Labels[k]] += vector[j] * x
		}
	}
	return curves
}

// leads says that one curve is above all others by a margin.
func leads(t *testing.T, what string, curves map[string]float64, best string, least, margin float64) {
	t.Helper()
	for name, s := range curves {
		if name == best && s < least || name != best && s > curves[best]-margin {
			t.Errorf("%s: %s is at %.2f, %s at %.2f", what, name, s, best, curves[best])
		}
	}
}

func TestBindingAndUnbinding(t *testing.T) {
	r := runFor(t, "circular_convolution.star", nil, 0, 0.8)
	leads(t, "bound, first", similarities(r, 0, 0.5), "A*B", 0.85, 0.5)
	leads(t, "bound, then", similarities(r, 0, 0.8), "C*B", 0.85, 0.5)
	leads(t, "unbound, first", similarities(r, 1, 0.5), "A", 0.82, 0.5)
	leads(t, "unbound, then", similarities(r, 1, 0.8), "C", 0.82, 0.5)
}

func TestQuestionsAreAnswered(t *testing.T) {
	r := run(t, "question_answering.star", nil, 0)
	if kind := r.Figures[0].Panels[2].Kind; kind != plot.Lines {
		t.Fatal(kind)
	}
	for action, seconds := range []float64{0.33, 1.12, 0.08} {
		for k := range 3 {
			if x := r.column("action", k)[int(seconds*1000)]; (x > 0.7) != (k == action) {
				t.Errorf("at %g s: rule %d is at %.2f", seconds, k, x)
			}
		}
	}
	memory := similarities(r, 2, 0.89)
	if memory["Red*Circle"] < 0.4 || memory["Blue*Square"] < 0.4 {
		t.Errorf("memory holds %v", memory)
	}
	leads(t, "red?", similarities(r, 3, 1.14), "Circle", 0.5, 0.25)
	leads(t, "square?", similarities(r, 3, 1.49), "Blue", 0.35, 0.25)
}

func TestListIsRecalled(t *testing.T) {
	r := run(t, "list_memory.star", map[string]string{"dimensions": "64"}, 0)
	for k, item := range []string{"C", "A", "D", "B"} {
		leads(t, "position", similarities(r, 1, 1.19+0.2*float64(k)), item, 0.7, 0.5)
	}
}

func TestLettersOfBefore(t *testing.T) {
	for n, letters := range map[string]string{"1": "ABBAA", "2": "ABABBCB", "3": "ABCABAAC"} {
		r := run(t, "n_back.star", map[string]string{"n": n, "letters": letters, "dimensions": "32"}, 0)
		answer, expected := r.column("answer", 0), r.column("expected", 0)
		yes := 0
		for i := 190; i < len(answer); i += 200 { // 10 ms before the end of a phase
			yes += int(expected[i])
			if low, high := expected[i]-0.35, expected[i]+0.35; answer[i] < low || answer[i] > high {
				t.Errorf("%s back in %s, at %d ms: the answer is %.2f, want %g", n, letters, i, answer[i], expected[i])
			}
		}
		if yes != 2 && yes != 3 {
			t.Errorf("%s back in %s: %d letters are the same", n, letters, yes)
		}
	}
}
