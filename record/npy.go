package record

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// An .npy file of version 1.0 is
//
//	\x93NUMPY  1 0  length of the header (uint16)  header, ended by \n  data
//
// where the header is a Python dictionary with the type of the elements, their
// order and the shape, padded with spaces so that the data begin at a multiple
// of 64 bytes (NumPy Enhancement Proposal 1). Everything is little-endian here.

const (
	npyMagic = "\x93NUMPY\x01\x00"
	npyAlign = 64
	npyBlock = 1 << 13 // numbers converted at once
)

// writeWords writes n elements of 8 bytes, gathered in a block.
func writeWords(w io.Writer, block []byte, n int, word func(i int) uint64) error {
	for i := range n {
		block = binary.LittleEndian.AppendUint64(block, word(i))
		if len(block) < 8*npyBlock && i < n-1 {
			continue
		}
		if _, err := w.Write(block); err != nil {
			return err
		}
		block = block[:0]
	}
	return nil
}

func npyHeader(descr string, shape []int) []byte {
	var sizes strings.Builder
	for i, n := range shape {
		if i > 0 {
			sizes.WriteString(" ")
		}
		fmt.Fprintf(&sizes, "%d,", n)
	}
	tuple := sizes.String()
	if len(shape) > 1 {
		tuple = strings.TrimSuffix(tuple, ",")
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, tuple)
	before := len(npyMagic) + 2
	padding := npyAlign - 1 - (before+len(header))%npyAlign
	header += strings.Repeat(" ", padding) + "\n"
	out := append([]byte(npyMagic), 0, 0)
	binary.LittleEndian.PutUint16(out[len(npyMagic):], uint16(len(header)))
	return append(out, header...)
}

var (
	npyDescr = regexp.MustCompile(`'descr': '[<|]([iu][1248]|f[48])'`)
	npyShape = regexp.MustCompile(`'shape': \(([0-9, ]*)\)`)
)

// stored is an array that was read.
type stored struct {
	shape   []int
	integer bool
	floats  []float64 // of the others
	ints    []int64   // of integer arrays
}

// readNPY reads an array of floats or integers in row order.
func readNPY(data []byte) (e stored, err error) {
	if len(data) < len(npyMagic)+2 || !bytes.HasPrefix(data, []byte(npyMagic)) {
		return e, fmt.Errorf("it is no .npy file of version 1.0")
	}
	data = data[len(npyMagic):]
	length := int(binary.LittleEndian.Uint16(data))
	data = data[2:]
	if length > len(data) {
		return e, io.ErrUnexpectedEOF
	}
	header, body := string(data[:length]), data[length:]
	descr, shape := npyDescr.FindStringSubmatch(header), npyShape.FindStringSubmatch(header)
	if descr == nil || shape == nil || !strings.Contains(header, "'fortran_order': False") {
		return e, fmt.Errorf("its header %q is not that of an array of numbers in rows", strings.TrimSpace(header))
	}
	size := int(descr[1][1] - '0')
	n := 1
	for _, field := range strings.FieldsFunc(shape[1], func(r rune) bool { return r == ',' || r == ' ' }) {
		length, err := strconv.Atoi(field)
		if err != nil || length > 0 && n > len(body)/size/length {
			return e, fmt.Errorf("its shape (%s) is larger than the file", shape[1])
		}
		e.shape = append(e.shape, length)
		n *= length
	}
	if len(body) != size*n {
		return e, fmt.Errorf("%d bytes for %d numbers", len(body), n)
	}
	e.decode(descr[1][:1], size, body)
	return e, nil
}

// decode reads little-endian numbers: kind i, u or f, of 1 to 8 bytes.
func (e *stored) decode(kind string, size int, body []byte) {
	n := len(body) / size
	word := func(i int) uint64 {
		var b [8]byte
		copy(b[:], body[size*i:size*(i+1)])
		return binary.LittleEndian.Uint64(b[:])
	}
	if e.integer = kind != "f"; !e.integer {
		e.floats = make([]float64, n)
		for i := range e.floats {
			if e.floats[i] = math.Float64frombits(word(i)); size == 4 {
				e.floats[i] = float64(math.Float32frombits(uint32(word(i))))
			}
		}
		return
	}
	unused := 0
	if kind == "i" {
		unused = 64 - 8*size // whose shift back and forth extends the sign
	}
	e.ints = make([]int64, n)
	for i := range e.ints {
		e.ints[i] = int64(word(i)<<unused) >> unused
	}
}
