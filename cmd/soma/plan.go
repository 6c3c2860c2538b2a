package main

import "fmt"

// plan shows how a step is computed.
func (r *overview) plan() {
	var rows [][]string
	for _, w := range r.built.Plan() {
		rows = append(rows, []string{w.What, w.How, grouped(int64(w.Operators)), grouped(int64(w.Size))})
	}
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(&r.text, "\n  %s\n", r.paint.bold("a step"))
	r.table([]string{"work", "how", "operators", "size"}, rows, "llrr")
}
