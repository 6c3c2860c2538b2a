package sparse

// IafPscDelta is the leaky integrate-and-fire neuron whose potential jumps by
// the weight (in volt) when a spike arrives (as in Brunel 2000;
// doi:10.1023/A:1008925309027):
//
//	C dV/dt = -C (V - E_L)/τ_m + I_e + C Σ J δ(t - t_k)
//
// In a step V advances exactly, then what arrives is added, then V ≥ V_th makes
// a spike, after which V is held at V_reset for TRef/dt steps and what arrives
// is lost.
type IafPscDelta struct {
	C      float64 // F
	TauM   float64 // s
	EL     float64 // V
	VTh    float64 // V
	VReset float64 // V
	TRef   float64 // s
	Ie     float64 // A, constant
}

func (m IafPscDelta) membrane() membrane {
	return membrane(m)
}

func (m IafPscDelta) check(dt float64) error { return m.membrane().check(dt) }
func (m IafPscDelta) rest() float64          { return m.EL }
func (m IafPscDelta) receptors() int         { return 1 }
func (m IafPscDelta) waits() bool            { return m.update().waits() }

func (m IafPscDelta) update() update                 { return delta }
func (m IafPscDelta) constants(dt float64) constants { return m.membrane().constants(dt) }

type deltaLoop struct{ loop }

// step is the definition of the assembly.
func (k *deltaLoop) step(c *cells, step uint64, spikes []uint32) []uint32 {
	var counts [group]float64
	before := len(spikes)
	for i := range c.v {
		if i%group == 0 {
			k.counts(&counts, c.first+i, step)
		}
		p := k.of(i)
		v := float64(p.decay*c.v[i]) + p.drive + k.driven(c.rows[0][i], counts[i%group])
		if c.refractory[i] > 0 {
			c.refractory[i]--
			v = c.v[i]
		}
		c.rows[0][i] = 0
		if v >= p.vTh {
			v = p.reset
			c.refractory[i] = uint16(p.refractory)
			spikes = append(spikes, uint32(c.first+i))
		}
		c.v[i] = v
	}
	return c.trim(spikes, before)
}
