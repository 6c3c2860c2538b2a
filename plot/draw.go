package plot

import (
	"fmt"
	"io"
)

const (
	maxPanels = 40
	maxInches = 100
)

// Formats returns the formats that Draw writes.
func Formats() []string { return []string{"pdf", "png", "svg"} }

// Draw writes the figure in the given format. It writes nothing when the figure
// or its data are at fault; the error then names figure and panel.
func Draw(w io.Writer, format string, f Figure, d Data) error {
	if err := render(w, format, f, d); err != nil {
		return fmt.Errorf("figure %q%w", f.Name, err)
	}
	return nil
}

func render(w io.Writer, format string, f Figure, d Data) error {
	t, err := themeOf(f.Theme)
	if err != nil {
		return fmt.Errorf(": %w", err)
	}
	if len(f.Panels) == 0 || len(f.Panels) > maxPanels {
		return fmt.Errorf(": %s; give 1 to %d", count(len(f.Panels), "panel"), maxPanels)
	}
	for _, inches := range []float64{f.Width, f.Height} {
		if inches != 0 && !(inches >= 1 && inches <= maxInches) {
			return fmt.Errorf(": width or height of %v inches; give 1 to %d, or 0 for the default", inches, maxInches)
		}
	}
	src := &source{data: d}
	charts := make([]*chart, len(f.Panels))
	for i := range f.Panels {
		if charts[i], err = build(&f.Panels[i], t, src); err != nil {
			return fmt.Errorf(", panel %d (%s): %w", i+1, f.Panels[i].Kind, err)
		}
	}
	shared := shareTime(charts, f.Panels)
	faces, err := loadFonts()
	if err != nil {
		return fmt.Errorf(": %w", err)
	}
	l := arrange(f, charts, shared, faces)
	c, err := newCanvas(format, l.w, l.h, faces, t)
	if err != nil {
		return fmt.Errorf(": %w", err)
	}
	l.paint(c)
	if src.err != nil {
		return fmt.Errorf(": %w", src.err)
	}
	if err := c.write(w); err != nil {
		return fmt.Errorf(": %w", err)
	}
	return nil
}
