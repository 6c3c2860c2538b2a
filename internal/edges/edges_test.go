package edges

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var two = &List{Pre: []int{0, 3}, Post: []int{1, 2}, Weight: []float64{0.5, -2}, Delay: []float64{0.001, 0.002}}

func without(l *List, weight, delay bool) *List {
	c := *l
	if weight {
		c.Weight = nil
	}
	if delay {
		c.Delay = nil
	}
	return &c
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       *List
	}{
		"all columns":          {"a.csv", "pre,post,weight,delay\n0,1,0.5,1e-3\n3,2,-2,2e-3\n", two},
		"columns in any order": {"a.csv", "\ufeff# two synapses\n\"Post\", pre , size, weight\r\n1,0,x,0.5\r\n\r\n2,3,,-2", without(two, false, true)},
		"only pairs":           {"a.CSV", "pre,post\n0,1\n3,2\n", without(two, true, true)},
		"no synapses":          {"a.csv", "pre,post\n", &List{}},
		"W[post, pre]":         {"w.mtx", "%%MatrixMarket matrix coordinate real general\n% a comment\n4 4 2\n2 1 0.5\n3 4 -2\n", without(two, false, true)},
		"pattern":              {"w.mtx", "%%MatrixMarket matrix coordinate pattern general\n4 4 2\n2 1\n3 4\n", without(two, true, true)},
	} {
		got, err := Read(c.file, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMistakes(t *testing.T) {
	const banner = "%%MatrixMarket matrix coordinate real general\n"
	for _, c := range []struct{ file, text, want string }{
		{"a.txt", "", "a.txt: synapses are read from .csv, .npz and .mtx files"},
		{"a.csv", "", "a.csv:1: no header"},
		{"a.csv", "# nothing\n\n", "a.csv:2: no header"},
		{"a.csv", "source,target\n", "a.csv:1: the header \"source,target\" names no columns pre and post"},
		{"a.csv", "pre,post\n0,1\n0\n", "a.csv:3: 1 values under 2 names"},
		{"a.csv", "pre,post\n0,x\n", "a.csv:2: post: \"x\" is no number of a neuron; count from 0"},
		{"a.csv", "pre,post\n-1,0\n", "a.csv:2: pre: \"-1\" is no number of a neuron"},
		{"a.csv", "pre,post,weight\n0,0,heavy\n", "a.csv:2: weight: \"heavy\" is no number"},
		{"a.csv", "pre,post,delay\n0,0,NaN\n", "a.csv:2: delay: NaN is no finite number"},
		{"w.mtx", "hello", "w.mtx:1: it does not begin with %%MatrixMarket matrix"},
		{"w.mtx", "%%MatrixMarket matrix array real general\n", "w.mtx:1: a matrix array real general; write it as coordinate … general"},
		{"w.mtx", "%%MatrixMarket matrix coordinate real symmetric\n", "w.mtx:1: a matrix coordinate real symmetric"},
		{"w.mtx", "%%MatrixMarket matrix coordinate complex general\n", "w.mtx:1: a matrix of complex numbers"},
		{"w.mtx", banner + "2 2\n", "w.mtx:2: \"2 2\" is not rows, columns and entries"},
		{"w.mtx", banner + "2 2 1\n3 1 1\n", "w.mtx:3: row \"3\" of a matrix of 2 × 2; count from 1"},
		{"w.mtx", banner + "2 2 1\n1 0 1\n", "w.mtx:3: column \"0\" of a matrix"},
		{"w.mtx", banner + "2 2 1\n1 1\n", "w.mtx:3: 2 values, where there are 3 for each entry"},
		{"w.mtx", banner + "2 2 1\n1 1 1\n1 2 1\n", "w.mtx:4: more than the 1 entries announced"},
		{"w.mtx", banner + "2 2 2\n1 1 1\n", "w.mtx:3: the file ends after 1 of 2 entries"},
		{"a.npz", "no archive", "a.npz: zip: not a valid zip file"},
	} {
		_, err := Read(c.file, []byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

// npz is an archive of lists of float64 or int32 behind their names, as
// numpy.savez writes it.
func npz(arrays ...any) []byte {
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for i := 0; i < len(arrays); i += 2 {
		descr, n := "<f8", 0
		switch data := arrays[i+1].(type) {
		case []float64:
			n = len(data)
		case []int32:
			descr, n = "<i4", len(data)
		}
		part, _ := archive.Create(arrays[i].(string) + ".npy")
		header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }\n", descr, n)
		part.Write([]byte("\x93NUMPY\x01\x00"))
		binary.Write(part, binary.LittleEndian, uint16(len(header)))
		part.Write([]byte(header))
		binary.Write(part, binary.LittleEndian, arrays[i+1])
	}
	archive.Close()
	return file.Bytes()
}

func TestNPZ(t *testing.T) {
	got, err := Read("a.npz", npz("pre", []int32{0, 3}, "post", []float64{1, 2}, "weight", two.Weight, "delay", two.Delay, "other", []int32{}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(two, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		content []byte
		want    string
	}{
		{npz("pre", []int32{1}), "a.npz: it has no arrays pre and post"},
		{npz("pre", []int32{1}, "post", []int32{1, 2}), "a.npz: 1 values of pre and 2 of post"},
		{npz("pre", []int32{1}, "post", []int32{1}, "weight", []float64{1, 2}), "a.npz: 2 values of weight for 1 synapses"},
		{npz("pre", []int32{-1}, "post", []int32{1}), "a.npz: pre[0]: -1 is no number of a neuron"},
		{npz("pre", []float64{0.5}, "post", []int32{1}), "a.npz: pre[0]: 0.5 is no number of a neuron"},
	} {
		if _, err := Read("a.npz", c.content); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// No content makes the readers panic, or gives lists of different lengths.
func FuzzRead(f *testing.F) {
	f.Add("a.csv", []byte("pre,post,weight\n0,1,2\n"))
	f.Add("a.mtx", []byte("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 1\n"))
	f.Add("a.npz", npz("pre", []int32{1}, "post", []float64{2}))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		list, err := Read(name, content)
		if err == nil && len(list.Pre) != len(list.Post) {
			t.Errorf("%d and %d", len(list.Pre), len(list.Post))
		}
	})
}
