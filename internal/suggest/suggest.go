// Package suggest finds the name that somebody who mistyped one had in mind.
package suggest

import (
	"fmt"
	"strings"
)

// Closest is the known name nearest to the one given, or "" when none is near:
// at most one edit in two to four letters, two in five to seven, and so on, case
// not counted. A name that was only begun counts as one edit.
func Closest(name string, known []string) string {
	best, bestDistance := "", (len(name)+1)/3
	for _, k := range known {
		short, long := strings.ToLower(name), strings.ToLower(k)
		d := distance(short, long)
		if len(short) > 2 && strings.HasPrefix(long, short) {
			d = min(d, 1)
		}
		if d <= bestDistance && (best == "" || d < bestDistance) {
			best, bestDistance = k, d
		}
	}
	return best
}

// Hint is ` (did you mean "…"?)`, or empty when no other name is near.
func Hint(name string, known []string) string {
	if best := Closest(name, known); best != "" && best != name {
		return fmt.Sprintf(" (did you mean %q?)", best)
	}
	return ""
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours between two words (F. Damerau, 1964).
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
