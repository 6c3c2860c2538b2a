package soma

import (
	"fmt"
	"slices"

	"soma/internal/suggest"
)

// didYouMean is ` (did you mean "…"?)`, or empty when no name is close.
func didYouMean(name string, known []string) string {
	if best := suggest.Closest(name, known); best != "" {
		return ` (did you mean "` + best + `"?)`
	}
	return ""
}

func contains(names []string, name string) bool { return slices.Contains(names, name) }

// plural is "1 value", "2 values".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
