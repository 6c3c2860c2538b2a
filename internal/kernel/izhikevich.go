package kernel

// Izhikevich is the step of Izhikevich's neurons by Euler's method, in V, s and A:
//
//	dV/dt = 4e4 V² + 5e3 V + 140 − 1e3 U + 1e12 (I + I_e),   dU/dt = A (B V − U),
//	spike, V ← C and U ← U + D where V ≥ Threshold
type Izhikevich struct {
	Level   Level
	Dt      float64                // s
	Neurons []IzhikevichParameters // one for all, or one for each

	table  laneTable
	picked []int32 // by one call of assembly
}

// IzhikevichParameters are those of a neuron.
type IzhikevichParameters struct {
	A              float64 // 1/s
	B              float64
	C, D           float64 // V
	Threshold, Min float64 // of V, V
	IE             float64 // A, constant
}

// NewIzhikevich returns the step of neurons with one set of parameters, or a set for
// each. It owns scratch memory: it is for one goroutine at a time.
func NewIzhikevich(level Level, dt float64, neurons []IzhikevichParameters) *Izhikevich {
	k := &Izhikevich{Level: level.usable(), Dt: dt, Neurons: neurons}
	if k.Level > Portable {
		k.picked = make([]int32, callLimit+pad)
		k.table = newLaneTable(k.Level, neurons, func(p *IzhikevichParameters) []float64 {
			return []float64{p.A, p.B, p.C, p.D, p.Threshold, p.Min, p.IE}
		})
	}
	return k
}

// Step advances neurons, the first of which has the number first, by a step at whose
// end they receive what arrived, and appends those that fire, by their index. All
// slices are as long as v.
func (k *Izhikevich) Step(first int, v, u, current, arrived []float64, fired []int32) []int32 {
	from, to := whole(k.Level, first, len(v), &k.table)
	one := func(i int) {
		if k.one(own(k.Neurons, first+i), &v[i], &u[i], current[i], arrived[i]) {
			fired = append(fired, int32(i))
		}
	}
	for i := range from {
		one(i)
	}
	for ; from < to; from += callLimit {
		end := min(from+callLimit, to)
		n := izhikevichVector(k, first+from, v[from:end], u[from:end], current[from:end], arrived[from:end])
		for _, i := range k.picked[:n] {
			fired = append(fired, int32(from)+i)
		}
	}
	for i := to; i < len(v); i++ {
		one(i)
	}
	return fired
}

// one advances one neuron and reports whether it fires.
func (k *Izhikevich) one(p *IzhikevichParameters, v, u *float64, current, arrived float64) bool {
	v0, u0 := *v, *u
	slope := float64(float64(float64(4e4*v0)+5e3)*v0) + 140 - float64(1e3*u0) + float64(1e12*(current+p.IE))
	v1 := v0 + float64(k.Dt*slope) + arrived
	u1 := u0 + float64(k.Dt*float64(p.A*(float64(p.B*v0)-u0)))
	if v1 < p.Min {
		v1 = p.Min
	}
	fires := v1 >= p.Threshold
	if fires {
		v1, u1 = p.C, u1+p.D
	}
	*v, *u = v1, u1
	return fires
}
