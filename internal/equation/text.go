package equation

import (
	"strconv"
	"strings"
)

// String writes the expression, shortened where it is long.
func (e *Expr) String() string {
	var b strings.Builder
	e.write(&b, 0)
	return shorten(b.String())
}

// write stops early: nobody reads more of it in a message.
func (e *Expr) write(b *strings.Builder, rank int) {
	if b.Len() > 200 {
		return
	}
	switch e.Op {
	case "number":
		b.WriteString(strconv.FormatFloat(e.Value, 'g', -1, 64))
	case "name":
		b.WriteString(e.Name)
	case "call":
		b.WriteString(e.Name + "(")
		for i, a := range e.Args {
			if i > 0 {
				b.WriteString(", ")
			}
			a.write(b, 0)
		}
		b.WriteString(")")
	case "neg", "not":
		b.WriteString(map[string]string{"neg": "-", "not": "not "}[e.Op])
		e.Args[0].write(b, len(ranks))
	default:
		own := rankOf(e.Op)
		if own < rank {
			b.WriteString("(")
			defer b.WriteString(")")
		}
		e.Args[0].write(b, own)
		if e.Op == "*" || e.Op == "/" || e.Op == "**" {
			b.WriteString(e.Op)
		} else {
			b.WriteString(" " + e.Op + " ")
		}
		e.Args[1].write(b, own+1)
	}
}

func rankOf(op string) int {
	for i, list := range ranks {
		for _, o := range list {
			if o == op {
				return i
			}
		}
	}
	return len(ranks)
}
