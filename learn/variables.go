package learn

// Variables are what of a rule of the Neural Engineering Framework can be probed,
// besides what is connected to it, by Nengo's names.
func Variables(r Rule) []string {
	switch r.(type) {
	case PES:
		return []string{"error", "activities"}
	case RLS:
		return []string{"error", "pre_filtered", "inv_gamma"}
	case BCM:
		return []string{"pre_filtered", "post_filtered", "theta"}
	case Oja:
		return []string{"pre_filtered", "post_filtered"}
	case Voja:
		return []string{"post_filtered"}
	}
	return nil
}
