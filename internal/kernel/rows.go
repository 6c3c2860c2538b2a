package kernel

// AddRows adds rows of a matrix, times a factor, to y:
//
//	for _, i := range list {
//		for k := range y {
//			y[k] += float64(x * w[(int(i)-first)*len(y)+k])
//		}
//	}
func AddRows(level Level, y []float64, x float64, w []float64, list []int32, first int) {
	done := 0
	if level.usable() > Portable && len(list) > 0 {
		done = addRowsVector(level.usable(), y, x, w, list, first)
	}
	if done == len(y) {
		return
	}
	for _, i := range list {
		row := w[(int(i)-first)*len(y):][:len(y)]
		for k := done; k < len(y); k++ {
			y[k] += float64(x * row[k])
		}
	}
}
