package kernel

// Relax adds a·g[i] − d[i]·y[i] to y[i]: growth by a common factor, and decay. g and
// d are as long as y.
func Relax(level Level, y []float64, a float64, g, d []float64) {
	g, d = g[:len(y)], d[:len(y)]
	done := 0
	if level.usable() > Portable {
		done = relaxVector(level.usable(), y, a, g, d)
	}
	for i := done; i < len(y); i++ {
		y[i] += float64(a*g[i]) - float64(d[i]*y[i])
	}
}
