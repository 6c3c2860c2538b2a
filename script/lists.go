package script

import (
	"fmt"

	"soma"
	"soma/plot"
	"soma/sim"
)

// listProblem is what is wrong with a list that a panel was given.
type listProblem struct{ field, problem, remedy string }

// badList finds a list of names with another length than what it names, as far as the
// panel itself knows that.
func badList(p *plot.Panel) *listProblem {
	switch p.Kind {
	case plot.Image:
		return badCellNames(p)
	case plot.Lines: // see badCurves
		return nil
	case plot.XY:
		return badLabels(p, "curve", len(p.Series))
	}
	return badLabels(p, "probe", len(p.Probes))
}

func badLabels(p *plot.Panel, noun string, n int) *listProblem {
	if len(p.Labels) == 0 || len(p.Labels) == n {
		return nil
	}
	return &listProblem{"labels", fmt.Sprintf("%s for %s", plural(len(p.Labels), "label"), plural(n, noun)), "give one each"}
}

func badCellNames(p *plot.Panel) *listProblem {
	if len(p.Labels) > 1 {
		return &listProblem{"labels", fmt.Sprintf("%d labels for an image", len(p.Labels)), "give one, which names the colours, or rows and columns"}
	}
	columns := 0
	if len(p.Matrix) > 0 {
		columns = len(p.Matrix[0])
	}
	for _, side := range []struct {
		field, noun string
		names       []string
		n           int
	}{{"rows", "row", p.Rows, len(p.Matrix)}, {"columns", "column", p.Columns, columns}} {
		switch {
		case len(side.names) == 0 || len(side.names) == side.n:
		case len(p.Matrix) == 0:
			return &listProblem{side.field, "a probe has no " + side.field + " to name", "give a matrix, or leave them out"}
		default:
			return &listProblem{side.field, fmt.Sprintf("%s for %s", plural(len(side.names), "name"), plural(side.n, side.noun)), "give one each"}
		}
	}
	return nil
}

// badCurves is badList for a panel whose curves are the dimensions of probes.
func badCurves(p *plot.Panel, probes []*soma.Probe, s *sim.Simulator) *listProblem {
	if p.Kind != plot.Lines || len(p.Projections) > 0 || len(p.Labels) == len(p.Probes) {
		return nil
	}
	curves := 0
	for _, probe := range probes {
		_, width := s.Recorded(probe)
		curves += width
	}
	return badLabels(p, "curve", curves)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
