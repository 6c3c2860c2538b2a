package connect

// Matrix is a dense matrix, row by row.
type Matrix struct {
	Rows, Cols int
	Data       []float64 // Rows × Cols
}

// NewMatrix makes a matrix of zeros.
func NewMatrix(rows, cols int) *Matrix {
	return &Matrix{Rows: rows, Cols: cols, Data: make([]float64, rows*cols)}
}

// Row is row i; changing it changes the matrix.
func (m *Matrix) Row(i int) []float64 { return m.Data[i*m.Cols : (i+1)*m.Cols] }

// At is the value in row i and column j.
func (m *Matrix) At(i, j int) float64 { return m.Data[i*m.Cols+j] }

// Transposed is the matrix with rows and columns exchanged.
func (m *Matrix) Transposed() *Matrix {
	t := NewMatrix(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			t.Data[j*t.Cols+i] = x
		}
	}
	return t
}

// Times is the product m · other; every sum runs in rising order.
func (m *Matrix) Times(other *Matrix) *Matrix {
	product := NewMatrix(m.Rows, other.Cols)
	for i := range m.Rows {
		row := product.Row(i)
		for k, w := range m.Row(i) {
			if w == 0 {
				continue
			}
			for j, x := range other.Row(k) {
				row[j] += float64(w * x)
			}
		}
	}
	return product
}

// Scaled is the matrix times a number.
func (m *Matrix) Scaled(factor float64) *Matrix {
	s := NewMatrix(m.Rows, m.Cols)
	for i, x := range m.Data {
		s.Data[i] = float64(factor * x)
	}
	return s
}
