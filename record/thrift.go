package record

import "encoding/binary"

// thrift writes structures in Thrift's compact protocol, which Parquet's headers
// use: fields as (difference of ids, type), numbers as zigzag varints.
//
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
type thrift struct {
	text []byte
	last []int // id of the last field of each open structure
}

const (
	thriftI32    = 5
	thriftI64    = 6
	thriftBinary = 8
	thriftList   = 9
	thriftStruct = 12
)

// structure writes a structure on its own, or as an element of a list.
func (w *thrift) structure(fields func()) {
	w.last = append(w.last, 0)
	fields()
	w.last = w.last[:len(w.last)-1]
	w.text = append(w.text, 0)
}

// field begins one; ids rise by less than 16.
func (w *thrift) field(id, kind int) {
	last := &w.last[len(w.last)-1]
	w.text = append(w.text, byte((id-*last)<<4|kind))
	*last = id
}

func (w *thrift) number(x int64) { w.text = binary.AppendVarint(w.text, x) }

func (w *thrift) string(s string) {
	w.text = binary.AppendUvarint(w.text, uint64(len(s)))
	w.text = append(w.text, s...)
}

func (w *thrift) i32(id, x int)                { w.field(id, thriftI32); w.number(int64(x)) }
func (w *thrift) i64(id int, x int64)          { w.field(id, thriftI64); w.number(x) }
func (w *thrift) name(id int, s string)        { w.field(id, thriftBinary); w.string(s) }
func (w *thrift) nested(id int, fields func()) { w.field(id, thriftStruct); w.structure(fields) }
func (w *thrift) numbers(id int, x int)        { w.list(id, thriftI32, 1, func(int) { w.number(int64(x)) }) }

func (w *thrift) names(id int, s string) { w.list(id, thriftBinary, 1, func(int) { w.string(s) }) }

func (w *thrift) list(id, kind, n int, f func(int)) {
	w.field(id, thriftList)
	if n < 15 {
		w.text = append(w.text, byte(n<<4|kind))
	} else {
		w.text = binary.AppendUvarint(append(w.text, byte(15<<4|kind)), uint64(n))
	}
	for i := range n {
		f(i)
	}
}
