package param

import (
	"math"
	"strings"
	"testing"
)

type model struct {
	Tau   float64 `param:"tau" unit:"s" default:"0.02" check:">0" doc:"a time"`
	Reset float64 `param:"reset" unit:"V" default:"-0.065" doc:"a voltage"`
	Shift float64 `param:"shift" doc:"anything"`
	Share float64 `param:"share" default:"0.5" check:"0..1" doc:"a share"`
	Floor float64 `param:"floor" default:"-inf" doc:"a bound"`
	Roof  float64 `param:"roof" default:"inf" doc:"a bound"`
	note  string
}

func TestResolve(t *testing.T) {
	got := Resolve(model{Reset: Zero, Shift: 2})
	want := model{Tau: 0.02, Reset: 0, Shift: 2, Share: 0.5, Floor: math.Inf(-1), Roof: math.Inf(1)}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	var boxed any = model{Tau: 1}
	if got := Resolve(boxed).(model); got.Tau != 1 || got.Share != 0.5 {
		t.Errorf("boxed: got %+v", got)
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		model model
		field string
		says  string
	}{
		{model{}, "", ""},
		{model{Tau: -1e-3}, "tau", "-1 ms is out of range"},
		{model{Tau: Zero}, "tau", "0 s"},
		{model{Share: 1.5}, "share", "1.5"},
		{model{Reset: math.NaN()}, "reset", "NaN"},
		{model{Shift: math.Inf(1)}, "shift", "+Inf"},
	} {
		problems := Check(Resolve(c.model))
		if c.field == "" {
			if len(problems) > 0 {
				t.Errorf("%+v: %v", c.model, problems)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Field != c.field || !strings.Contains(problems[0].Problem, c.says) || problems[0].Remedy == "" {
			t.Errorf("%+v: got %+v, want a problem with %s that says %q", c.model, problems, c.field, c.says)
		}
	}
}

func TestFieldsInOrder(t *testing.T) {
	var names []string
	for _, f := range Fields(&model{note: "not a parameter"}) {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "tau reset shift share floor roof" {
		t.Errorf("got %s", got)
	}
}

func TestQuantity(t *testing.T) {
	for _, c := range []struct {
		x    float64
		unit string
		want string
	}{
		{0.002, "s", "2 ms"},
		{1, "s", "1 s"},
		{1e-9, "A", "1 nA"},
		{2e7, "ohm", "20 MOhm"},
		{-0.065, "V", "-65 mV"},
		{0.5, "", "0.5"},
		{0, "V", "0 V"},
		{600, "Hz", "600 Hz"},
		{1500, "s", "1500 s"},
	} {
		if got := Quantity(c.x, c.unit); got != c.want {
			t.Errorf("Quantity(%g, %q) = %q, want %q", c.x, c.unit, got, c.want)
		}
	}
}
