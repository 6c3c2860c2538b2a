package soma

import (
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
