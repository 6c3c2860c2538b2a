package kernel

// IFParams are the constants of the integrate-and-fire step without leak,
//
//	Capacitance·dv/dt = j
//
// in any consistent set of units. Normalised neurons have Capacitance 1,
// Threshold 1 and Reset 0.
type IFParams struct {
	Dt          float64 // length of the step, s
	TauRef      float64 // refractory time, s; may be 0 and may be below Dt
	Capacitance float64
	Threshold   float64 // above Reset
	Reset       float64
}

// IF is the integrate-and-fire step without leak, with a refractory time and
// spikes at exact times.
type IF struct {
	IFParams
}

// NewIF returns the step of neurons with the given constants.
func NewIF(p IFParams) *IF { return &IF{p} }

// Step advances len(v) neurons by one step. Arguments and results are those of
// [LIF.Step]; the rule differs in the voltage, which grows in a straight line:
//
//	r -= Dt
//	slope := j/Capacitance
//	v += slope*clamp(Dt-r, 0, Dt)
//	if v > Threshold {
//		ts := Dt - (v-Threshold)/slope
//		fire at ts; v = Reset; r = TauRef + ts
//	}
func (k *IF) Step(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
	r, j = r[:len(v)], j[:len(v)]
	for i := range v {
		r[i] -= k.Dt
		slope := j[i] / k.Capacitance
		if left := r[i]; left < k.Dt {
			v[i] += float64(slope * min(k.Dt-left, k.Dt))
		}
		if v[i] > k.Threshold {
			ts := k.crossing(v[i], slope)
			v[i], r[i] = k.Reset, k.TauRef+ts
			spikes, at = append(spikes, base+int32(i)), append(at, ts)
			if r[i] < k.Dt {
				spikes, at = k.again(&v[i], &r[i], slope, ts, base+int32(i), spikes, at)
			}
		}
	}
	return spikes, at
}

// crossing returns when, from the start of the step, a neuron passed the
// threshold that has reached v at the end of the step.
func (k *IF) crossing(v, slope float64) float64 {
	ts := k.Dt - (v-k.Threshold)/slope
	if ts > 0 && ts <= k.Dt {
		return ts
	}
	return 0
}

// again carries a neuron that fired at ts on to the end of the step from the
// end *r of its refractory time, as that of [LIF] does.
func (k *IF) again(v, r *float64, slope, ts float64, index int32, spikes []int32, at []float64) ([]int32, []float64) {
	*v = k.fromReset(slope, *r)
	if !(*v > k.Threshold) {
		return spikes, at
	}
	interval := k.TauRef + (k.Threshold-k.Reset)/slope
	last := ts
	for i := range further(ts, interval, k.Dt) {
		last = min(ts+float64(float64(i+1)*interval), k.Dt)
		spikes, at = append(spikes, index), append(at, last)
	}
	*v, *r = k.Reset, k.TauRef+last
	if *r < k.Dt {
		*v = min(k.fromReset(slope, *r), k.Threshold)
	}
	return spikes, at
}

// fromReset returns the voltage at the end of the step of a neuron that starts
// at Reset at time t of the step.
func (k *IF) fromReset(slope, t float64) float64 {
	return k.Reset + float64(slope*(k.Dt-t))
}
