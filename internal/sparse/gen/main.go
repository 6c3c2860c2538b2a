// Command gen writes the assembly of package sparse.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")
	deliverRoutine("deliverWeightedPrefetch", 6)
	deliverRoutine("deliverConstantPrefetch", 2)
	prefetchRoutine()
	prefetchEntriesRoutine()
	prefetchEndsRoutine()
	findRoutine(false)
	findRoutine(true)
	poissonAVX2()
	poissonAVX512()
	for _, m := range []model{twoCurrents, oneCurrent, delta, alpha} {
		stepAVX2(m)
		stepAVX512(m)
	}
	Generate()
}
