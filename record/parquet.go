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
	parquetMagic = "PAR1"
	parquetRows  = 1 << 17 // rows of a group

	parquetInt64, parquetDouble    = 2, 5
	parquetPlain, parquetRLE       = 0, 3
	parquetGzip, parquetRequired   = 2, 0
	parquetDataPage, parquetFormat = 0, 1
)

// column is a column of a table: number i in its 8 bytes.
type column struct {
	name string
	kind int
	bits func(i int) uint64
}

func floatColumn(name string, x func(i int) float64) column {
	return column{name, parquetDouble, func(i int) uint64 { return math.Float64bits(x(i)) }}
}

// page is where the numbers of a column in a row group stand.
type page struct {
	offset       int64
	plain, whole int // bytes with the header, before and after packing
	rows         int
}

// parquetWriter writes one table.
type parquetWriter struct {
	out     io.Writer
	offset  int64
	columns []column
	groups  [][]page
	packed  bytes.Buffer
	packer  *gzip.Writer
}

// writeParquet writes a table of n rows.
func writeParquet(out io.Writer, n int, columns []column) error {
	w := &parquetWriter{out: out, columns: columns}
	var err error
	if w.packer, err = gzip.NewWriterLevel(&w.packed, gzip.BestSpeed); err != nil {
		return err
	}
	if err := w.write([]byte(parquetMagic)); err != nil {
		return err
	}
	for first := 0; first < n; first += parquetRows {
		if err := w.group(first, min(parquetRows, n-first)); err != nil {
			return err
		}
	}
	text := w.metadata(n)
	text = binary.LittleEndian.AppendUint32(text, uint32(len(text)))
	return w.write(append(text, parquetMagic...))
}

func (w *parquetWriter) write(b []byte) error {
	w.offset += int64(len(b))
	_, err := w.out.Write(b)
	return err
}

// group writes n rows.
func (w *parquetWriter) group(first, n int) error {
	pages := make([]page, len(w.columns))
	plain := make([]byte, 0, 8*n)
	for k, c := range w.columns {
		plain = plain[:0]
		for i := first; i < first+n; i++ {
			plain = binary.LittleEndian.AppendUint64(plain, c.bits(i))
		}
		w.packed.Reset()
		w.packer.Reset(&w.packed)
		if _, err := w.packer.Write(plain); err != nil {
			return err
		}
		if err := w.packer.Close(); err != nil {
			return err
		}
		header := pageHeader(n, len(plain), w.packed.Len())
		pages[k] = page{w.offset, len(header) + len(plain), len(header) + w.packed.Len(), n}
		if err := w.write(header); err != nil {
			return err
		}
		if err := w.write(w.packed.Bytes()); err != nil {
			return err
		}
	}
	w.groups = append(w.groups, pages)
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

// metadata is the FileMetaData of n rows.
func (f *parquetWriter) metadata(n int) []byte {
	var w thrift
	w.structure(func() {
		w.i32(1, parquetFormat)
		w.list(2, thriftStruct, 1+len(f.columns), func(i int) { // SchemaElement
			w.structure(func() {
				if i == 0 {
					w.name(4, "soma")
					w.i32(5, len(f.columns))
					return
				}
				w.i32(1, f.columns[i-1].kind)
				w.i32(3, parquetRequired)
				w.name(4, f.columns[i-1].name)
			})
		})
		w.i64(3, int64(n))
		w.list(4, thriftStruct, len(f.groups), func(i int) { w.structure(func() { f.rowGroup(&w, f.groups[i]) }) })
		w.name(6, "soma")
	})
	return w.text
}

// rowGroup writes the fields of a RowGroup.
func (f *parquetWriter) rowGroup(w *thrift, pages []page) {
	total := 0
	w.list(1, thriftStruct, len(pages), func(k int) {
		c, p := f.columns[k], pages[k]
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
	names := v.columns()
	table := []column{floatColumn(names[0], func(i int) float64 { return v.T[i] })}
	for k, name := range names[1:] {
		table = append(table, floatColumn(name, func(i int) float64 { return v.Rows[i*v.Width+k] }))
	}
	return writeParquet(out, len(v.T), table)
}

// writeParquet writes the columns "time", "id" and perhaps "exact".
func (s Spikes) writeParquet(out io.Writer) error {
	names := s.columns()
	table := []column{
		floatColumn(names[0], func(i int) float64 { return s.Times[i] }),
		{names[1], parquetInt64, func(i int) uint64 { return uint64(s.IDs[i]) }},
	}
	if s.Exact != nil {
		table = append(table, floatColumn(names[2], func(i int) float64 { return s.Exact[i] }))
	}
	return writeParquet(out, len(s.Times), table)
}
