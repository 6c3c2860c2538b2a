package connect

import (
	"fmt"
	"slices"

	"soma/dist"
	"soma/internal/rng"
)

// Padding says what happens at the edges of a convolution.
type Padding string

const (
	Valid Padding = "valid" // the kernel stays inside of the input
	Same  Padding = "same"  // zeros around the input keep its size, divided by the strides
)

// Convolution slides a kernel over an input of one or more dimensions with
// channels, as in convolutional networks:
//
//	y[o, f] = Σ over k, c of x[s·o + k − before, c] · kernel[k, c, f]
//
// with s the strides; before is half of the zeros that padding adds, rounded down.
// Values lie in the order of their indices, the last one running fastest.
type Convolution struct {
	Filters    int
	InputShape []int // sizes of the dimensions, then the number of channels
	KernelSize []int // nil: 3 in every dimension
	Strides    []int // nil: 1 in every dimension
	Padding    Padding
	// ChannelsFirst: the channel is the first index of input and output, not the
	// last.
	ChannelsFirst bool
	// Groups of channels and of filters that see nothing of each other; 0: 1.
	Groups int
	// Kernel: a row of one value for each number, in the order (kernel size,
	// channels/groups, filters), or what they are drawn from; nil: uniform on
	// [−1, 1).
	Kernel dist.Distribution
	// Transpose makes it the transposed convolution: every input is spread over the
	// outputs that would see it, so that strides enlarge.
	Transpose bool

	numbers []float64 // of the kernel, once drawn; before that all are 1
}

// A Drawer is a transform with random numbers in it.
type Drawer interface {
	Transform
	// Drawn is the transform with its numbers drawn.
	Drawn(stream rng.Stream) (Transform, error)
}

// Drawn implements Drawer.
func (c Convolution) Drawn(stream rng.Stream) (Transform, error) {
	kernel := c.Kernel
	if kernel == nil {
		kernel = dist.Uniform{Low: -1, High: 1}
	}
	n := c.kernelLength()
	if given, ok := kernel.(dist.Samples); ok && len(given) != n {
		return nil, fmt.Errorf("%d numbers for a kernel of %d, of shape %v", len(given), n, c.kernelShape())
	}
	numbers, err := kernel.Draw(stream, n, 1)
	if err != nil {
		return nil, fmt.Errorf("the kernel: %w", err)
	}
	c.numbers = numbers
	return c, nil
}

// sizes are the spatial dimensions of the input, and its channels.
func (c Convolution) sizes() (space []int, channels int) {
	last := len(c.InputShape) - 1
	if c.ChannelsFirst {
		return c.InputShape[1:], c.InputShape[0]
	}
	return c.InputShape[:last], c.InputShape[last]
}

func (c Convolution) dims() int { return len(c.InputShape) - 1 }

// kernelSize, stride and groups fill in the defaults.
func (c Convolution) kernelSize() []int { return orAll(c.KernelSize, 3, c.dims()) }
func (c Convolution) strides() []int    { return orAll(c.Strides, 1, c.dims()) }
func (c Convolution) groups() int       { return max(c.Groups, 1) }

func orAll(given []int, otherwise, n int) []int {
	if given != nil {
		return given
	}
	return slices.Repeat([]int{otherwise}, n)
}

func (c Convolution) kernelShape() []int {
	_, channels := c.sizes()
	return append(slices.Clone(c.kernelSize()), channels/c.groups(), c.Filters)
}

func (c Convolution) kernelLength() int { return volume(c.kernelShape()) }

func volume(shape []int) int {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return n
}

// maxSize bounds each number of a shape, and the kernel as a whole.
const maxSize = 1 << 20

// maxWeights bounds the weights that a transform is made of: 1 GB of them.
const maxWeights = 1 << 26

// weights is how many there are, of those in the padding too.
func (c Convolution) weights() float64 {
	small := c.outputs()
	if c.Transpose {
		small, _ = c.sizes()
	}
	n := 1.0
	for _, k := range append(slices.Clone(small), c.kernelShape()...) {
		n *= float64(k)
	}
	return n
}

// check says what is wrong with the shapes.
func (c Convolution) check() error {
	if len(c.InputShape) < 2 {
		return fmt.Errorf("an input shape of %d numbers; give the sizes and the number of channels, such as [28, 28, 1]", len(c.InputShape))
	}
	for i, list := range [][]int{c.KernelSize, c.Strides} {
		if list != nil && len(list) != c.dims() {
			return fmt.Errorf("%s of %d numbers for an input of %d dimensions; give one number for each", []string{"kernel_size", "strides"}[i], len(list), c.dims())
		}
	}
	for _, n := range slices.Concat(c.InputShape, c.KernelSize, c.Strides, []int{c.Filters, c.groups()}) {
		if n < 1 || n > maxSize {
			return fmt.Errorf("a size of %d; give shapes, strides and numbers of filters from 1 to %d", n, maxSize)
		}
	}
	if c.Padding != "" && c.Padding != Valid && c.Padding != Same {
		return fmt.Errorf("padding %q; give \"valid\" or \"same\"", string(c.Padding))
	}
	_, channels := c.sizes()
	if channels%c.groups() != 0 || c.Filters%c.groups() != 0 {
		return fmt.Errorf("%d channels and %d filters in %d groups; give numbers that the groups divide", channels, c.Filters, c.groups())
	}
	length := 1
	for _, n := range c.kernelShape() {
		if length *= n; length > maxSize {
			return fmt.Errorf("a kernel of shape %v; make it smaller", c.kernelShape())
		}
	}
	if c.weights() > maxWeights {
		return fmt.Errorf("a convolution of %.3g weights; give fewer filters, a smaller kernel or larger strides", c.weights())
	}
	for d, n := range c.outputs() {
		if n < 1 {
			return fmt.Errorf("a kernel of size %d over an input of size %d; make the kernel smaller, or the padding \"same\"", c.kernelSize()[d], c.space(d))
		}
	}
	return nil
}

func (c Convolution) space(d int) int {
	space, _ := c.sizes()
	return space[d]
}

// outputs are the spatial sizes of the output.
func (c Convolution) outputs() []int {
	space, _ := c.sizes()
	out := make([]int, len(space))
	for d, n := range space {
		k, s := c.kernelSize()[d], c.strides()[d]
		switch {
		case c.Transpose && c.Padding == Same:
			out[d] = s*(n-1) + 1
		case c.Transpose:
			out[d] = s*(n-1) + k
		case c.Padding == Same:
			out[d] = (n + s - 1) / s
		default:
			out[d] = (n-k)/s + 1
			if n < k {
				out[d] = 0
			}
		}
	}
	return out
}

// OutputShape is the shape of the output, channels included.
func (c Convolution) OutputShape() []int {
	if c.ChannelsFirst {
		return append([]int{c.Filters}, c.outputs()...)
	}
	return append(c.outputs(), c.Filters)
}

// Shape implements Transform.
func (c Convolution) Shape(in int) (int, error) {
	if err := c.check(); err != nil {
		return 0, err
	}
	if n := volume(c.InputShape); n != in {
		return 0, fmt.Errorf("an input shape of %v, which is %d values, for a source of %d; give the shape of the source", c.InputShape, n, in)
	}
	if given, ok := c.Kernel.(dist.Samples); ok && len(given) != c.kernelLength() {
		return 0, fmt.Errorf("%d numbers for a kernel of %d, of shape %v", len(given), c.kernelLength(), c.kernelShape())
	}
	return volume(c.OutputShape()), nil
}

// Matrix implements Transform.
func (c Convolution) Matrix(in int) *Matrix { return c.Sparse(in).Dense() }

// Sparse implements SparseTransform. Of the two ends, the small one is that which
// strides have made small: the output, or the input of a transposed convolution.
func (c Convolution) Sparse(int) *SparseMatrix {
	space, channels := c.sizes()
	small, large := c.outputs(), space
	if c.Transpose {
		small, large = space, c.outputs()
	}
	kernel, strides, before := c.kernelSize(), c.strides(), c.before(small, large)
	var entries []entry
	at := make([]int, len(space))
	for o := range volume(small) {
		position := unravel(o, small)
	taps:
		for k := range volume(kernel) {
			for d, tap := range unravel(k, kernel) {
				at[d] = strides[d]*position[d] + tap - before[d]
				if at[d] < 0 || at[d] >= large[d] {
					continue taps // in the padding
				}
			}
			entries = c.tap(entries, k, o, ravel(at, large), volume(small), volume(large), channels)
		}
	}
	return newSparse(volume(c.OutputShape()), volume(c.InputShape), entries)
}

// tap adds the entries of one place of the kernel between two places.
func (c Convolution) tap(entries []entry, k, small, large, smalls, larges, channels int) []entry {
	in, ins, out, outs := large, larges, small, smalls
	if c.Transpose {
		in, ins, out, outs = small, smalls, large, larges
	}
	groups := c.groups()
	perGroup, filtersPerGroup := channels/groups, c.Filters/groups
	for f := range c.Filters {
		group := f / filtersPerGroup
		for within := range perGroup {
			e := entry{c.place(out, outs, f, c.Filters), c.place(in, ins, group*perGroup+within, channels), 1}
			if c.numbers != nil {
				e.value = c.numbers[(k*perGroup+within)*c.Filters+f]
			}
			entries = append(entries, e)
		}
	}
	return entries
}

// place is the index of a channel at a place.
func (c Convolution) place(at, places, channel, channels int) int {
	if c.ChannelsFirst {
		return channel*places + at
	}
	return at*channels + channel
}

// before is the number of zeros in front of the large end.
func (c Convolution) before(small, large []int) []int {
	pad := make([]int, len(small))
	if c.Padding != Same {
		return pad
	}
	for d := range pad {
		pad[d] = max((small[d]-1)*c.strides()[d]+c.kernelSize()[d]-large[d], 0) / 2
	}
	return pad
}

// unravel gives the indices of the i-th place of a shape; ravel is its reverse.
func unravel(i int, shape []int) []int {
	index := make([]int, len(shape))
	for d := len(shape) - 1; d >= 0; d-- {
		index[d] = i % shape[d]
		i /= shape[d]
	}
	return index
}

func ravel(index, shape []int) int {
	i := 0
	for d, n := range shape {
		i = i*n + index[d]
	}
	return i
}
