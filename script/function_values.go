package script

import (
	"go.starlark.net/starlark"

	"soma"
	"soma/dist"
)

// functionValues reads a function that is given by its values at points; false when
// it is given otherwise.
func (c *call) functionValues(conn *soma.Connection) bool {
	v := c.value("function")
	if d, ok := v.(*starlark.Dict); ok {
		points, hasPoints, _ := d.Get(starlark.String("points"))
		values, hasValues, _ := d.Get(starlark.String("values"))
		if !hasPoints || !hasValues || d.Len() != 2 {
			c.report("function", describe(v)+" without points and values", "write {\"points\": …, \"values\": …}, or lambda x: …")
			return true
		}
		rows, problem := toRows(points)
		if problem != "" {
			c.report("function", "its points: "+problem, "give a row for each point")
			return true
		}
		conn.EvalPoints = dist.Samples(rows)
		v = values
	} else if _, err := toArray(v); err != nil || isNumber(v) {
		return false
	}
	rows, problem := toRows(v)
	if problem != "" {
		c.report("function", problem, "give a row of numbers for each point")
		return true
	}
	conn.FunctionValues = rows
	return true
}

func isNumber(v starlark.Value) bool {
	switch v.(type) {
	case starlark.Int, starlark.Float, starlark.Bool:
		return true
	}
	return false
}
