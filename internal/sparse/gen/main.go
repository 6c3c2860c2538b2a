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
	deliverOwnRoutine()
	decayRoutine()
	for _, w := range []func() width{func() width { return &lanes256{} }, func() width { return &lanes512{} }} {
		first(w())
		next(w())
	}
	expand256()
	expand512()
	expandKeyRoutine()
	poissonAVX2()
	poissonAVX512(false)
	poissonAVX512(true)
	for _, m := range []model{twoCurrents, oneCurrent, delta, alpha} {
		for _, v := range []variant{{}, {driven: true}, {own: true}, {own: true, driven: true}} {
			stepAVX2(m, v)
			stepAVX512(m, v)
		}
	}
	Generate()
}
