package kernel

// Columns is a matrix stored for products that add up column by column. Tall
// matrices are cut into panels of rows, so that a product reads its weights one
// after the other.
type Columns struct {
	rows, cols, panel int
	w                 []float64 // panel by panel, each column by column
}

const (
	// columnsPanel is the number of rows of a panel: sums that stay in registers.
	columnsPanel = 32
	// columnsWhole is the largest number of columns of matrices that are not cut.
	columnsWhole = 4
)

// NewColumns stores a matrix that is given row by row.
func NewColumns(rows, cols int, data []float64) *Columns {
	return NewColumnsIn(make([]float64, 0, rows*cols), rows, cols, data)
}

// NewColumnsIn appends the elements to memory, which must have room for them: for
// matrices that are used one after the other.
func NewColumnsIn(memory []float64, rows, cols int, data []float64) *Columns {
	c := &Columns{rows: rows, cols: cols, panel: columnsPanel, w: memory[len(memory):]}
	if cols <= columnsWhole || rows < columnsPanel {
		c.panel = max(rows, 1)
	}
	for first := 0; first < rows; first += c.panel {
		last := min(first+c.panel, rows)
		for j := range cols {
			for i := first; i < last; i++ {
				c.w = append(c.w, data[i*cols+j])
			}
		}
	}
	return c
}

// Rows is the number of rows.
func (c *Columns) Rows() int { return c.rows }

// Set computes len(y) elements of base plus the product with x, from a row on:
//
//	for i := range y {
//		y[i] = base[i]
//		for j := range x {
//			y[i] += float64(data[(row+i)*cols+j] * x[j])
//		}
//	}
//
// base is as long as y and may be the same slice.
func (c *Columns) Set(level Level, y, base, x []float64, row int) {
	level = level.usable()
	x = x[:c.cols]
	for len(y) > 0 {
		if n := c.panels(level, y, base, x, row); n > 0 {
			y, base, row = y[n:], base[n:], row+n
			continue
		}
		first := row / c.panel * c.panel
		stride := min(c.panel, c.rows-first)
		n := min(len(y), first+stride-row)
		setColumns(level, y[:n], base[:n], x, c.w[first*c.cols+row-first:], stride)
		y, base, row = y[n:], base[n:], row+n
	}
}

// panels is Set for whole panels, as far as they go, and returns how many rows they
// are.
func (c *Columns) panels(level Level, y, base, x []float64, row int) int {
	if level == Portable || c.panel != columnsPanel || row%columnsPanel > 0 {
		return 0
	}
	n := min(len(y), c.rows-row) / columnsPanel * columnsPanel
	if n > 0 {
		panelsVector(level, y[:n], base[:n], x, c.w[row*c.cols:])
	}
	return n
}

// setColumns sets y to base plus the columns of w times x, where a column begins
// stride elements after the one before.
func setColumns(level Level, y, base, x, w []float64, stride int) {
	done := 0
	if level > Portable {
		done = columnsVector(level, y, base, x, w, stride)
	}
	for i := done; i < len(y); i++ {
		sum, at := base[i], i
		for _, value := range x {
			sum += float64(w[at] * value)
			at += stride
		}
		y[i] = sum
	}
}
