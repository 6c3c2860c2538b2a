//go:build !amd64

package kernel

// Without assembly the level is always Portable, and of these functions only
// those are called that may do nothing: they report how many leading elements
// they have done.

func detect() Level { return Portable }

func expm1Vector(Level, []float64, []float64) int { return 0 }
func log1pVector(Level, []float64, []float64) int { return 0 }
func lifRatesVector(Level, []float64, []float64, float64, float64, float64) int {
	return 0
}
func axpyVector(Level, []float64, float64, []float64) int             { return 0 }
func dotVector(Level, *[dotLanes]float64, []float64, []float64) int   { return 0 }
func lowpassVector(Level, []float64, []float64, float64, float64) int { return 0 }

func columnsVector(Level, []float64, []float64, []float64, []float64, int) int { return 0 }

func panelsVector(Level, []float64, []float64, []float64, []float64) {}

func addRowsVector(Level, []float64, float64, []float64, []int32, int) int { return 0 }

func affineVector(Level, []float64, []float64, []float64) int   { return 0 }
func extremesVector(Level, []float64, []float64, []float64) int { return 0 }

func tileVector(Level, []float64, []float64, []float64)             {}
func tileMinus(Level, []float64, []float64, []float64)              {}
func tileSome(Level, []float64, uint64, []float64, []float64)       {}
func tileSolve(Level, []float64, []float64)                         {}
func surveyVector(Level, []float64, []float64, []uint64, []float64) {}

func lifAdvance(Level, bool, []float64, []float64, []float64, *lifConstants, []int32, []int32) (int, int) {
	return 0, 0
}

func lifPartial(Level, bool, []float64, []float64, []float64, *lifConstants, []int32, []int32) int {
	return 0
}

func lifFire(Level, bool, []float64, []float64, []float64, *lifConstants, []int32, int32, []int32, []float64) {
}

func lifIntegrate(Level, bool, []float64, []float64, *lifConstants, []int32) int { return 0 }

func lifWake(Level, bool, []float64, []float64, *lifConstants, *sleepers, int, []int32, []int32, []float64) (int, int) {
	return 0, 0
}

func lifSleep(Level, bool, []float64, []float64, *lifConstants, []int32, int32, []int32, []float64, *sleepers) {
}

func conductancesVector(*Conductances, ConductanceRows, []float64, []float64, []float64) int {
	return 0
}

func izhikevichVector(*Izhikevich, int, []float64, []float64, []float64, []float64) int { return 0 }

func opVector(Level, Op, *Operands) int { return 0 }

func whereVector(_ Level, _ []float64, list []int32) (int, []int32) { return 0, list }

func (*Power) addVector(Level, []float64, []float64, float64) int { return 0 }
func (*Power) raiseVector(Level, []float64) int                   { return 0 }
func depressVector(Level, []float64, []float64, float64) int      { return 0 }

func normalsVector(Level, *Normals, []float64, uint64, uint64) int { return 0 }

func quantileVector(Level, []float64, []float64) int { return 0 }
