package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// clocks are neurons that fire every 10 ms, at the same steps.
func clocks(neurons int64, seconds float64) Spikes {
	s := Spikes{Neurons: int(neurons)}
	for step := int64(10); float64(step)*1e-3 <= seconds+1e-9; step += 10 {
		for id := range neurons {
			s.Times, s.IDs, s.Steps = append(s.Times, float64(step)*1e-3), append(s.IDs, id), append(s.Steps, step)
		}
	}
	return s
}

func TestStatistics(t *testing.T) {
	number := func(x float64) *float64 { return &x }
	// Of bins of 3 ms three in ten hold n spikes: variance n²·0.3·0.7, mean 0.3·n.
	for _, test := range []struct {
		name   string
		spikes Spikes
		time   float64
		want   *Statistics
	}{
		{"silent", Spikes{Neurons: 3}, 1, nil},
		{"no time", clocks(2, 0.1), 0, nil},
		{"twice", clocks(1, 0.02), 1, nil},
		{"one clock", clocks(1, 0.9), 0.9, &Statistics{CV: number(0), LV: number(0)}},
		{"four clocks", clocks(4, 0.9), 0.9, &Statistics{CV: number(0), LV: number(0), Correlation: number(1), Synchrony: number(4 * 0.7)}},
	} {
		got, err := test.spikes.statistics(test.time, 1e-3)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got, cmpopts.EquateApprox(1e-2, 1e-9)); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", test.name, diff)
		}
	}
}

// Exact times count where there are any: steps would make the interval a clock's.
func TestStatisticsOfExactTimes(t *testing.T) {
	s := clocks(1, 0.1)
	for i, at := range s.Times {
		s.Exact = append(s.Exact, at-1e-4*float64(i%2))
	}
	if got, err := s.statistics(0.1, 1e-3); err != nil || got == nil || *got.CV < 0.005 {
		t.Errorf("%+v; want a CV above zero (%v)", got, err)
	}
}
