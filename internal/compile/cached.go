package compile

import (
	"fmt"
	"io"
	"reflect"

	"soma/internal/cache"
	"soma/neuron"
	"soma/solve"
)

// worthKeeping is how many products a system must take before its decoders are
// kept on disk: some tenths of a second of one core.
const worthKeeping = 1e10

// cacheKey is the key of a system's decoders; ok is false where they are not kept.
// They are not where solving is fast, or where a value decides that cannot be
// written down, such as a function. The curve of a measured model depends on what
// else was asked of it.
func (b *builder) cacheKey(s *system, points int) (key cache.Key, ok bool) {
	q := s.asked[0]
	e := q.ensemble
	if b.opts.Cache == nil || float64(points)*float64(e.N)*float64(e.N) < worthKeeping {
		return key, false
	}
	if _, measured := e.Neuron.(neuron.Measured); measured || !isPlain(reflect.ValueOf(e.Neuron)) || !isPlain(reflect.ValueOf(q.solver)) {
		return key, false
	}
	key, err := b.opts.Cache.Key(func(w io.Writer) {
		b.describe(w, s)
		if _, same := q.solver.(solve.Separable); !same { // it may draw
			fmt.Fprintf(w, " %v", b.stream(e.Path(), "solver"))
		}
	})
	return key, err == nil
}

// isPlain says whether a value is all numbers and text, so that two that look the
// same are the same.
func isPlain(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool, reflect.String, reflect.Complex64, reflect.Complex128:
		return true
	case reflect.Interface:
		return v.IsNil() || isPlain(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if !isPlain(v.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if !isPlain(v.Index(i)) {
				return false
			}
		}
		return true
	}
	return v.CanInt() || v.CanUint() || v.CanFloat()
}
