package plot

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
)

// fonts are the faces of one figure, by their use.
type fonts struct{ title, label, tick font.Face }

func loadFonts() (fonts, error) {
	regular, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return fonts{}, fmt.Errorf("regular font: %w", err)
	}
	bold, err := opentype.Parse(liberationsansbold.TTF)
	if err != nil {
		return fonts{}, fmt.Errorf("bold font: %w", err)
	}
	face := func(f *opentype.Font, w xfont.Weight, points float64) font.Face {
		return font.Face{
			Font: font.Font{Typeface: "Liberation", Variant: "Sans", Weight: w, Size: font.Length(points)},
			Face: f,
		}
	}
	return fonts{
		title: face(bold, xfont.WeightBold, 12),
		label: face(regular, xfont.WeightNormal, 10),
		tick:  face(regular, xfont.WeightNormal, 9),
	}, nil
}

// width is that of a text in points.
func width(f font.Face, s string) float64 { return f.Width(s).Points() }

// Of a face's size: the height of a capital, and the distance of lines.
const (
	capHeight  = 0.70
	lineHeight = 1.25
)

func size(f font.Face) float64 { return f.Font.Size.Points() }

// clean makes a text that came from outside drawable on one line: control
// characters become spaces, and what is beyond the basic plane, which neither
// the fonts nor PDF's two-byte codes hold, the replacement character.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r > 0xffff:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// longest is the number of characters of a text that are looked at: more fit
// nowhere, and their widths take long to add up.
const longest = 400

// fit shortens a text to at most w points by leaving out its middle, because
// names differ at their ends.
func fit(f font.Face, s string, w float64) string {
	r := []rune(s)
	if len(r) <= longest && width(f, s) <= w {
		return s
	}
	without := func(dropped int) string {
		keep := min(len(r), longest) - dropped
		head := (keep + 1) / 2
		return string(r[:head]) + "…" + string(r[len(r)-keep+head:])
	}
	n := min(len(r), longest)
	dropped := sort.Search(n, func(k int) bool { return width(f, without(k)) <= w })
	return without(dropped)
}

// wrap breaks a text at spaces into at most two lines of w points.
func wrap(f font.Face, s string, w float64) []string {
	if len(s) <= longest && width(f, s) <= w {
		return []string{s}
	}
	words := strings.Fields(s)
	n := min(len(words), longest)
	for n > 1 && width(f, strings.Join(words[:n], " ")) > w {
		n--
	}
	lines := []string{fit(f, strings.Join(words[:n], " "), w)}
	if n < len(words) {
		lines = append(lines, fit(f, strings.Join(words[n:], " "), w))
	}
	return lines
}
