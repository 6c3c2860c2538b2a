// Command gen writes the assembly of package kernel. Each routine is written
// once for vectors of any width, and generated for AVX2 and AVX-512.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")
	for _, v := range []vectors{avx2{}, avx512{}} {
		expm1Routine(v)
		log1pRoutine(v)
		lifRatesRoutine(v)
		axpyRoutine(v)
		relaxRoutine(v)
		dotRoutine(v)
		lowpassRoutine(v)
		affineRoutine(v)
		extremesRoutine(v)
		tileRoutine(v, false)
		tileRoutine(v, true)
		tileSomeRoutine(v)
		tileSolveRoutine(v)
		surveyRoutine(v)
		columnsRoutine(v)
		panelsRoutine(v)
		addRowsRoutine(v)
		lifAdvanceRoutine(v, false)
		lifAdvanceRoutine(v, true)
		lifIntegrateRoutine(v, false)
		lifIntegrateRoutine(v, true)
		for _, short := range []bool{false, true} {
			lifPartialRoutine(v, short)
			lifFireRoutine(v, short)
			lifWakeRoutine(v, short)
			lifSleepRoutine(v, short)
		}
		operationRoutines(v)
		functionRoutines(v)
		quantileRoutine(v)
		normalRoutine(v)
		conductancesRoutine(v, false)
		conductancesRoutine(v, true)
		izhikevichRoutine(v)
		addPowerRoutine(v)
		raiseRoutine(v)
		depressRoutine(v)
	}
	Generate()
}
