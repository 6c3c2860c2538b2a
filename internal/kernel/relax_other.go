//go:build !amd64

package kernel

func relaxVector(Level, []float64, float64, []float64, []float64) int { return 0 }
