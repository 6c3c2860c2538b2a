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

// npyHead is what an .npy file says of its array, in row order.
type npyHead struct {
	shape []int
	kind  string // of its elements: i, u or f, little-endian
	size  int    // of an element, in bytes
	n     int    // elements
}

func (h npyHead) integer() bool { return h.kind != "f" }

// readHead reads what precedes the data of a file of so many bytes.
func readHead(r io.Reader, whole uint64) (h npyHead, err error) {
	start := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(r, start); err != nil || !bytes.HasPrefix(start, []byte(npyMagic)) {
		return h, fmt.Errorf("it is no .npy file of version 1.0")
	}
	text := make([]byte, binary.LittleEndian.Uint16(start[len(npyMagic):]))
	if _, err := io.ReadFull(r, text); err != nil {
		return h, io.ErrUnexpectedEOF
	}
	body := int(whole) - len(start) - len(text)
	header := string(text)
	descr, shape := npyDescr.FindStringSubmatch(header), npyShape.FindStringSubmatch(header)
	if descr == nil || shape == nil || !strings.Contains(header, "'fortran_order': False") {
		return h, fmt.Errorf("its header %q is not that of an array of numbers in rows", strings.TrimSpace(header))
	}
	h = npyHead{kind: descr[1][:1], size: int(descr[1][1] - '0'), n: 1}
	for _, field := range strings.FieldsFunc(shape[1], func(r rune) bool { return r == ',' || r == ' ' }) {
		length, err := strconv.Atoi(field)
		if err != nil || length > 0 && h.n > body/h.size/length {
			return h, fmt.Errorf("its shape (%s) is larger than the file", shape[1])
		}
		h.shape = append(h.shape, length)
		h.n *= length
	}
	if body != h.size*h.n {
		return h, fmt.Errorf("%d bytes for %d numbers", body, h.n)
	}
	return h, nil
}

// decode gives the elements that some bytes hold.
func (h npyHead) decode(body []byte) (p part) {
	n := len(body) / h.size
	word := func(i int) uint64 {
		var b [8]byte
		copy(b[:], body[h.size*i:h.size*(i+1)])
		return binary.LittleEndian.Uint64(b[:])
	}
	if !h.integer() {
		p.floats = make([]float64, n)
		for i := range p.floats {
			if p.floats[i] = math.Float64frombits(word(i)); h.size == 4 {
				p.floats[i] = float64(math.Float32frombits(uint32(word(i))))
			}
		}
		return p
	}
	unused := 0
	if h.kind == "i" {
		unused = 64 - 8*h.size // whose shift back and forth extends the sign
	}
	p.ints = make([]int64, n)
	for i := range p.ints {
		p.ints[i] = int64(word(i)<<unused) >> unused
	}
	return p
}

// numbers gives elements as float64, which holds integers up to 2⁵³.
func (p part) numbers() []float64 {
	if p.ints == nil {
		return p.floats
	}
	list := make([]float64, len(p.ints))
	for i, x := range p.ints {
		list[i] = float64(x)
	}
	return list
}
