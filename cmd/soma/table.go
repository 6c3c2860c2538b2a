package main

import (
	"strings"
	"unicode/utf8"
)

// columns lays rows out in columns, two spaces apart; align has one letter per
// column, l or r. Rows may be shorter than align.
func columns(rows [][]string, align string) []string {
	widths := make([]int, len(align))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for j, cell := range row {
			padding := strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell))
			if j > 0 {
				b.WriteString("  ")
			}
			if align[j] == 'r' {
				b.WriteString(padding + cell)
			} else {
				b.WriteString(cell + padding)
			}
		}
		lines[i] = strings.TrimRight(b.String(), " ")
	}
	return lines
}
