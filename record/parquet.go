package record

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math"
)

// A Parquet file holds a table column by column:
//
//	PAR1  row groups  metadata  length of the metadata (uint32)  PAR1
//
// A row group is the columns of some rows one after the other, each here a single
// page: a header and the numbers, little-endian, as gzip packs them. Headers and
// metadata are Thrift structures; the numbers of their fields are those of
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
// Columns are required and flat, so that pages hold no levels.
//
// The usual libraries would double the size of the command and a third of its
// start-up; a test reads the files with one.

const (
	parquetMagic   = "PAR1"
	parquetRows    = 1 << 17 // rows of a group, at most
	parquetNumbers = 1 << 21 // numbers of a group, at most; a wide table has fewer rows

	parquetInt64, parquetDouble    = 2, 5
	parquetPlain, parquetRLE       = 0, 3
	parquetGzip, parquetRequired   = 2, 0
	parquetDataPage, parquetFormat = 0, 1
)

// field is a column of a table.
type field struct {
	name string
	kind int
}

// page is where the numbers of a column in a row group stand.
type page struct {
	offset       int64
	plain, whole int // bytes with the header, before and after packing
	rows         int
}

// parquetWriter writes one table. It holds one row group.
type parquetWriter struct {
	out    io.Writer
	offset int64
	fields []field
	most   int      // rows of a group
	plain  [][]byte // the rows that are not written yet, by column
	rows   int      // how many
	total  int      // rows written
	groups [][]page
	packed bytes.Buffer
	packer *gzip.Writer
}

// newParquet begins a table of n rows.
func newParquet(out io.Writer, n int, fields []field) (*parquetWriter, error) {
	w := &parquetWriter{out: out, fields: fields, plain: make([][]byte, len(fields))}
	w.most = min(parquetRows, max(1, parquetNumbers/len(fields)))
	for k := range w.plain {
		w.plain[k] = make([]byte, 0, 8*min(w.most, n))
	}
	var err error
	if w.packer, err = gzip.NewWriterLevel(&w.packed, gzip.BestSpeed); err != nil {
		return nil, err
	}
	return w, w.write([]byte(parquetMagic))
}

// float and int give the number of a column in the present row.
func (w *parquetWriter) float(column int, x float64) {
	w.plain[column] = binary.LittleEndian.AppendUint64(w.plain[column], math.Float64bits(x))
}

func (w *parquetWriter) int(column int, x int64) {
	w.plain[column] = binary.LittleEndian.AppendUint64(w.plain[column], uint64(x))
}

// end ends a row.
func (w *parquetWriter) end() error {
	if w.rows++; w.rows < w.most {
		return nil
	}
	return w.group()
}

// close writes what is left, and the metadata.
func (w *parquetWriter) close() error {
	if w.rows > 0 {
		if err := w.group(); err != nil {
			return err
		}
	}
	text := w.metadata()
	text = binary.LittleEndian.AppendUint32(text, uint32(len(text)))
	return w.write(append(text, parquetMagic...))
}

func (w *parquetWriter) write(b []byte) error {
	w.offset += int64(len(b))
	_, err := w.out.Write(b)
	return err
}

// group writes a row group.
func (w *parquetWriter) group() error {
	pages := make([]page, len(w.fields))
	for k, plain := range w.plain {
		w.packed.Reset()
		w.packer.Reset(&w.packed)
		if _, err := w.packer.Write(plain); err != nil {
			return err
		}
		if err := w.packer.Close(); err != nil {
			return err
		}
		header := pageHeader(w.rows, len(plain), w.packed.Len())
		pages[k] = page{w.offset, len(header) + len(plain), len(header) + w.packed.Len(), w.rows}
		if err := w.write(header); err != nil {
			return err
		}
		if err := w.write(w.packed.Bytes()); err != nil {
			return err
		}
		w.plain[k] = plain[:0]
	}
	w.groups = append(w.groups, pages)
	w.total, w.rows = w.total+w.rows, 0
	return nil
}

// pageHeader is a PageHeader.
func pageHeader(n, plain, packed int) []byte {
	var w thrift
	w.structure(func() {
		w.i32(1, parquetDataPage)
		w.i32(2, plain)
		w.i32(3, packed)
		w.nested(5, func() { // DataPageHeader
			w.i32(1, n)
			w.i32(2, parquetPlain)
			w.i32(3, parquetRLE)
			w.i32(4, parquetRLE)
		})
	})
	return w.text
}

// metadata is the FileMetaData.
func (f *parquetWriter) metadata() []byte {
	var w thrift
	w.structure(func() {
		w.i32(1, parquetFormat)
		w.list(2, thriftStruct, 1+len(f.fields), func(i int) { // SchemaElement
			w.structure(func() {
				if i == 0 {
					w.name(4, "soma")
					w.i32(5, len(f.fields))
					return
				}
				w.i32(1, f.fields[i-1].kind)
				w.i32(3, parquetRequired)
				w.name(4, f.fields[i-1].name)
			})
		})
		w.i64(3, int64(f.total))
		w.list(4, thriftStruct, len(f.groups), func(i int) { w.structure(func() { f.rowGroup(&w, f.groups[i]) }) })
		w.name(6, "soma")
	})
	return w.text
}

// rowGroup writes the fields of a RowGroup.
func (f *parquetWriter) rowGroup(w *thrift, pages []page) {
	total := 0
	w.list(1, thriftStruct, len(pages), func(k int) {
		c, p := f.fields[k], pages[k]
		total += p.plain
		w.structure(func() { // ColumnChunk
			w.i64(2, p.offset)
			w.nested(3, func() { // ColumnMetaData
				w.i32(1, c.kind)
				w.numbers(2, parquetPlain)
				w.names(3, c.name)
				w.i32(4, parquetGzip)
				w.i64(5, int64(p.rows))
				w.i64(6, int64(p.plain))
				w.i64(7, int64(p.whole))
				w.i64(9, p.offset)
			})
		})
	})
	w.i64(2, int64(total))
	w.i64(3, int64(pages[0].rows))
}

// writeParquet writes the columns "t" and one per dimension.
func (v Values) writeParquet(out io.Writer) error {
	var fields []field
	for _, name := range v.columns() {
		fields = append(fields, field{name, parquetDouble})
	}
	w, err := newParquet(out, v.samples(), fields)
	if err != nil {
		return err
	}
	for piece, err := range v.pieces() {
		if err != nil {
			return err
		}
		for i, t := range piece.T {
			w.float(0, t)
			for k, x := range piece.Rows[i*v.Width : (i+1)*v.Width] {
				w.float(1+k, x)
			}
			if err := w.end(); err != nil {
				return err
			}
		}
	}
	return w.close()
}

// writeParquet writes the columns "time", "id" and perhaps "exact".
func (s Spikes) writeParquet(out io.Writer) error {
	kinds := []int{parquetDouble, parquetInt64, parquetDouble}
	var fields []field
	for k, name := range s.columns() {
		fields = append(fields, field{name, kinds[k]})
	}
	w, err := newParquet(out, s.count(), fields)
	if err != nil {
		return err
	}
	for piece, err := range s.pieces() {
		if err != nil {
			return err
		}
		for i, t := range piece.Times {
			w.float(0, t)
			w.int(1, piece.IDs[i])
			if s.Exact != nil {
				w.float(2, piece.Exact[i])
			}
			if err := w.end(); err != nil {
				return err
			}
		}
	}
	return w.close()
}
