package signal

import (
	"math"

	"soma/internal/elementary"
	"soma/internal/param"
)

// Step jumps from Before to Value in the step that ends at Time.
type Step struct {
	Time   float64 `param:"time" unit:"s" check:">=0" doc:"when it jumps"`
	Value  float64 `param:"value" default:"1" doc:"value from then on"`
	Before float64 `param:"before" doc:"value until then"`
}

// Size implements Signal.
func (Step) Size() int { return 1 }

// Check implements Checker.
func (s Step) Check() []param.Problem { return param.Check(param.Resolve(s)) }

// Start implements Signal.
func (s Step) Start(env Env) (func(float64, []float64), error) {
	s = param.Resolve(s)
	return func(t float64, out []float64) {
		out[0] = s.Before
		if t >= s.Time-env.slack() {
			out[0] = s.Value
		}
	}, nil
}

// Ramp goes in a straight line from From at Start to To at Stop, and holds
// before and after.
type Ramp struct {
	Begin float64 `param:"start" unit:"s" check:">=0" doc:"when it begins"`
	End   float64 `param:"stop" unit:"s" check:">=0" doc:"when it ends"`
	From  float64 `param:"low" doc:"value at the beginning"`
	To    float64 `param:"high" default:"1" doc:"value at the end"`
}

// Size implements Signal.
func (Ramp) Size() int { return 1 }

// Check implements Checker.
func (r Ramp) Check() []param.Problem {
	problems := param.Check(param.Resolve(r))
	if problems == nil && !(r.End > r.Begin) {
		problems = []param.Problem{{
			Field: "stop", Problem: param.Quantity(r.End, "s") + " does not come after the start at " + param.Quantity(r.Begin, "s"), Remedy: "give a later time",
		}}
	}
	return problems
}

// Start implements Signal.
func (r Ramp) Start(Env) (func(float64, []float64), error) {
	r = param.Resolve(r)
	return func(t float64, out []float64) {
		part := min(max((t-r.Begin)/(r.End-r.Begin), 0), 1)
		out[0] = r.From + float64(part*(r.To-r.From))
	}, nil
}

// Sine is Offset + Amplitude · sin(2π Frequency t + Phase).
type Sine struct {
	Frequency float64 `param:"frequency" unit:"Hz" check:">=0" doc:"cycles per second"`
	Amplitude float64 `param:"amplitude" default:"1" doc:"half the distance between its extremes"`
	Phase     float64 `param:"phase" doc:"angle at the start, in radians"`
	Offset    float64 `param:"offset" doc:"its mean"`
}

// Size implements Signal.
func (Sine) Size() int { return 1 }

// Check implements Checker.
func (s Sine) Check() []param.Problem { return param.Check(param.Resolve(s)) }

// Start implements Signal.
func (s Sine) Start(Env) (func(float64, []float64), error) {
	s = param.Resolve(s)
	return func(t float64, out []float64) {
		out[0] = s.Offset + float64(s.Amplitude*elementary.Sin(turns(float64(s.Frequency*t))+s.Phase))
	}, nil
}

// turns is the angle of a number of cycles, reduced to one, so that it is exact
// after long times, too.
func turns(cycles float64) float64 { return float64(2 * math.Pi * (cycles - math.Floor(cycles))) }

// Chirp is a sine whose frequency goes in a straight line from Low at the start
// to High after Duration, and on like that.
type Chirp struct {
	Low       float64 `param:"low" unit:"Hz" check:">=0" doc:"frequency at the start"`
	High      float64 `param:"high" unit:"Hz" check:">=0" doc:"frequency after the duration"`
	Duration  float64 `param:"duration" unit:"s" check:">0" doc:"time from one frequency to the other"`
	Amplitude float64 `param:"amplitude" default:"1" doc:"half the distance between its extremes"`
}

// Size implements Signal.
func (Chirp) Size() int { return 1 }

// Check implements Checker.
func (c Chirp) Check() []param.Problem { return param.Check(param.Resolve(c)) }

// Start implements Signal: the phase is the integral of the frequency.
func (c Chirp) Start(Env) (func(float64, []float64), error) {
	c = param.Resolve(c)
	rise := (c.High - c.Low) / c.Duration
	return func(t float64, out []float64) {
		cycles := float64(t * (c.Low + float64(rise*t)/2))
		out[0] = float64(c.Amplitude * elementary.Sin(turns(cycles)))
	}, nil
}
