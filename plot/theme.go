package plot

import (
	"fmt"
	"image/color"
)

// theme holds the colours of a figure.
type theme struct {
	background, ink, muted, grid color.RGBA
	curves                       []color.RGBA
	shades                       extent        // of the sequence that many curves take
	diverging                    [3]color.RGBA // low, zero, high
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// themeOf returns the colours of a theme. The curves follow Okabe & Ito, Color
// Universal Design (2008): told apart by colour-blind readers, and in print.
func themeOf(name string) (theme, error) {
	switch name {
	case "", "light":
		return theme{
			background: rgb(0xffffff), ink: rgb(0x262626), muted: rgb(0x737373), grid: rgb(0xe8e8e8),
			curves: []color.RGBA{
				rgb(0x0072b2), rgb(0xd55e00), rgb(0x009e73), rgb(0xcc79a7),
				rgb(0xe69f00), rgb(0x56b4e9), rgb(0x000000),
			},
			shades:    extent{0, 0.9},
			diverging: [3]color.RGBA{rgb(0x0072b2), rgb(0xf7f7f7), rgb(0xd55e00)},
		}, nil
	case "dark":
		return theme{
			background: rgb(0x16181d), ink: rgb(0xe4e4e4), muted: rgb(0x9a9a9a), grid: rgb(0x30343c),
			curves: []color.RGBA{
				rgb(0x56b4e9), rgb(0xf08a3c), rgb(0x2cc49a), rgb(0xdf9cc3),
				rgb(0xf0e442), rgb(0x4d8fd1), rgb(0xffffff),
			},
			shades:    extent{0.3, 1},
			diverging: [3]color.RGBA{rgb(0x56b4e9), rgb(0x2a2d34), rgb(0xf08a3c)},
		}, nil
	}
	return theme{}, fmt.Errorf("unknown theme %q; use light or dark", name)
}

// curve returns the colour of curve i of n: the palette as far as it reaches,
// a sequence of shades beyond.
func (t theme) curve(i, n int) color.RGBA {
	if n <= len(t.curves) {
		return t.curves[i]
	}
	return sequential(t.shades.min + float64((t.shades.max-t.shades.min)*float64(i)/float64(n-1)))
}

// viridis is sampled at equal steps; the map by Smith & van der Walt (2015)
// rises evenly in brightness and is safe for the colour-blind.
var viridis = [...]uint32{0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725}

// sequential maps 0 … 1 to a colour.
func sequential(v float64) color.RGBA {
	v = min(max(v, 0), 1) * float64(len(viridis)-1)
	i := min(int(v), len(viridis)-2)
	return mix(rgb(viridis[i]), rgb(viridis[i+1]), v-float64(i))
}

// split maps −1 … 1 to a colour through the theme's middle.
func (t theme) split(v float64) color.RGBA {
	if v < 0 {
		return mix(t.diverging[1], t.diverging[0], min(-v, 1))
	}
	return mix(t.diverging[1], t.diverging[2], min(v, 1))
}

// mix blends two opaque colours: a at 0, b at 1.
func mix(a, b color.RGBA, v float64) color.RGBA {
	blend := func(x, y uint8) uint8 { return uint8(float64(x) + float64(v*(float64(y)-float64(x))) + 0.5) }
	return color.RGBA{blend(a.R, b.R), blend(a.G, b.G), blend(a.B, b.B), 255}
}
