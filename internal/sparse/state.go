package sparse

// State writes a state variable of every neuron of a population, by its name in
// package neuron: V_m (V), I_syn, I_syn_ex, I_syn_in (A), dI_syn_ex, dI_syn_in (A/s) or refractory_time (s).
func (n *Network) State(population int, name string, values []float64) {
	of := n.populations[population]
	for _, p := range n.partitions {
		c := &p.cells[population]
		out := values[c.first : c.first+c.n]
		switch name {
		case "V_m":
			for i := range out {
				out[i] = c.v[i] + of.rest(c.first+i)
			}
		case "I_syn", "I_syn_ex":
			copy(out, c.iEx)
		case "I_syn_in":
			copy(out, c.iIn)
		case "dI_syn_ex":
			for i := range out {
				out[i] = c.dEx[i] * kick(of.model(c.first+i).(IafPscAlpha).TauEx)
			}
		case "dI_syn_in":
			for i := range out {
				out[i] = c.dIn[i] * kick(of.model(c.first+i).(IafPscAlpha).TauIn)
			}
		case "refractory_time":
			for i := range out {
				out[i] = float64(float64(c.refractory[i]) * n.dt)
			}
		}
	}
}

// Holds says whether a refractory period can be counted in steps of dt.
func Holds(refractory, dt float64) bool { return refractory/dt <= maxRefractory }
