//go:build !linux && !darwin

package main

import "runtime"

// peakMemory is the memory that the Go runtime has taken from the system,
// bytes: it hardly ever gives address space back.
func peakMemory() int64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.Sys)
}
