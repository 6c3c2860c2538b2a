package plot

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
)

// manySpikes is where a raster goes from vector ticks to an image: a million
// ticks take seconds and a file of 50 MB, an image milliseconds at any number.
const manySpikes = 8000

// band is the rows of one spike probe in a raster.
type band struct {
	trains
	bottom, rows float64 // y of its lower edge and its height, in the axis's units
	every        int     // of so many neurons one is shown
	color        color.RGBA
}

// row is the height of a shown neuron, and place where its middle is.
func (one *band) row() float64 { return one.rows / float64(one.count()) }

// count is how many neurons are shown.
func (one *band) count() int { return 1 + (one.neurons-1)/one.every }

func (one *band) place(id int64) float64 {
	return one.bottom + float64((float64(id/int64(one.every))+0.5)*one.row())
}

// shown says whether a neuron is.
func (one *band) shown(id int64) bool { return id%int64(one.every) == 0 }

// raster draws spikes over time: one band of rows per probe.
func raster(p *Panel, t theme, src *source) (*chart, error) {
	names, err := p.names(p.Probes)
	if err != nil {
		return nil, err
	}
	recorded, span, err := src.allSpikes(p.Probes)
	if err != nil {
		return nil, err
	}
	ch := &chart{overTime: true, x: timeAxis(span), noGrid: true}
	b := stack(recorded, t)
	b.sample(p.Neurons)
	ch.layers = []layer{b}
	top := b.bands[0]
	ch.y = axis{extent: extent{0, top.bottom + top.rows}}
	switch n := recorded[0].neurons; {
	case len(recorded) > 1:
		for i, one := range b.bands {
			ch.y.names = append(ch.y.names, tick{one.bottom + one.rows/2, clean(names[i])})
		}
	case n == 1:
		name := "neuron 0"
		if len(p.Labels) > 0 {
			name = clean(names[0])
		}
		ch.y.names = []tick{{0.5, name}}
	default:
		// Neuron i is a row around i.
		b.bands[0].bottom = -0.5
		ch.y = axis{extent: extent{-0.5, float64(n) - 0.5}, label: "neuron", whole: true, fixed: true}
		if len(p.Labels) > 0 {
			ch.y.label = clean(names[0])
		}
	}
	ch.note = b.note()
	ch.height = rasterHeight(recorded)
	if !anySpikes(recorded) {
		ch.message = "no spikes"
	}
	return ch, nil
}

// allSpikes fetches spike probes and the time they cover.
func (src *source) allSpikes(probes []string) ([]trains, extent, error) {
	all, span := make([]trains, len(probes)), empty()
	for i, probe := range probes {
		s, err := src.spikes(probe)
		if err != nil {
			return nil, span, err
		}
		all[i] = s
		span.add(0, s.duration)
	}
	return all, span, nil
}

// bands is a stack of bands, the first probe at the top.
type bands struct {
	bands  []*band
	spikes int
}

// stack places the bands. A band is as high as it has neurons, but not less
// than a tenth of the largest and a part of all, so that its name has room.
func stack(recorded []trains, t theme) *bands {
	largest, total := 0, 0
	for _, s := range recorded {
		largest, total = max(largest, s.neurons), total+s.neurons
	}
	least := max(0.1*float64(largest), min(0.07, 0.5/float64(len(recorded)))*float64(total))
	b := &bands{bands: make([]*band, len(recorded))}
	y := 0.0
	for i, s := range slices.Backward(recorded) {
		rows := max(float64(s.neurons), least)
		b.bands[i] = &band{trains: s, bottom: y, rows: rows, every: 1, color: t.curve(i, len(recorded))}
		y += rows
	}
	if len(recorded) == 1 {
		b.bands[0].color = t.ink
	}
	return b
}

// mostNeurons is how many rows a raster resolves: more run into one another.
const mostNeurons = 4000

// sample chooses every how-many-th neuron is shown, at most limit of each band,
// or as many of all as can be told apart, and counts their spikes.
func (b *bands) sample(limit int) {
	total := 0
	for _, one := range b.bands {
		total += one.neurons
	}
	for _, one := range b.bands {
		one.every = 1 + (total-1)/mostNeurons
		if limit > 0 {
			one.every = 1 + (one.neurons-1)/limit
		}
		if one.every == 1 {
			b.spikes += one.n
			continue
		}
		one.each(func(id int64, _ float64) {
			if one.shown(id) {
				b.spikes++
			}
		})
	}
}

// note says which part of the neurons is shown.
func (b *bands) note() string {
	least, most, total, shown := b.bands[0].every, 1, 0, 0
	for _, one := range b.bands {
		least, most = min(least, one.every), max(most, one.every)
		total += one.neurons
		shown += one.count()
	}
	switch {
	case most == 1:
		return ""
	case least == most:
		return fmt.Sprintf("every %s neuron: %d of %d", ordinal(most), shown, total)
	}
	return fmt.Sprintf("%d of %d neurons", shown, total)
}

// ordinal writes 2 as 2nd.
func ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 && n%10 <= 3 {
		ending = []string{"th", "st", "nd", "rd"}[n%10]
	}
	return strconv.Itoa(n) + ending
}

// rasterHeight leaves a few neurons a low panel, and many bands a high one.
func rasterHeight(recorded []trains) float64 {
	rows := 0
	for _, s := range recorded {
		rows += s.neurons
	}
	if rows == 1 {
		return 0.2
	}
	return max(min(1, max(0.35, 0.05*float64(rows))), min(0.16*float64(len(recorded)), 4))
}

func (b *bands) paint(c *canvas, f frame) {
	if b.spikes > manySpikes {
		b.paintImage(c, f)
	} else {
		b.paintTicks(c, f)
	}
	for _, one := range b.bands {
		if y := f.py(one.bottom); y > f.y0+1 && y < f.y1-1 {
			c.line(stroke{color: c.grid, width: 0.8}, f.x0, y, f.x1, y)
		}
	}
}

func (b *bands) paintTicks(c *canvas, f frame) {
	for _, one := range b.bands {
		half := max(0.4*one.row()/(f.y.max-f.y.min)*f.h(), 0.6)
		var ticks []point
		one.each(func(id int64, t float64) {
			x, y := f.px(t), f.py(one.place(id))
			if !one.shown(id) || x < f.x0-1e-6 || x > f.x1+1e-6 || y < f.y0 || y > f.y1 {
				return
			}
			ticks = append(ticks, point{x, max(y-half, f.y0)}, point{x, min(y+half, f.y1)})
		})
		c.segments(stroke{color: one.color, width: 0.9}, ticks)
	}
}

// paintImage counts spikes per pixel. A pixel of one spike is drawn lighter than
// one of many, else a dense raster would be one dark block.
func (b *bands) paintImage(c *canvas, f frame) {
	img := c.newImage(f.box)
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	counts, dot := make([]uint32, w*h), dotSize(b.spikes, w, h)
	for _, one := range b.bands {
		clear(counts)
		most := one.tally(counts, w, h, dot, f)
		shades := make([]color.RGBA, min(most, 255)+1)
		for k := range shades {
			shades[k] = mix(c.background, one.color, 0.45+0.55*math.Sqrt(float64(k)/float64(len(shades)-1)))
		}
		for i, n := range counts {
			if n > 0 {
				img.SetRGBA(i%w, i/w, shades[min(int(n), len(shades)-1)])
			}
		}
	}
	c.image(f.box, img)
}

// tally adds the band's spikes to the pixels that they cover, squares of dot
// pixels or as high as a row, and returns the largest count.
func (one *band) tally(counts []uint32, w, h, dot int, f frame) (most int) {
	scaleX, scaleY := float64(w)/(f.x.max-f.x.min), float64(h)/(f.y.max-f.y.min)
	half := max(0.4*one.row()*scaleY, float64(dot)/2)
	one.each(func(id int64, t float64) {
		if t < f.x.min || t > f.x.max || !one.shown(id) {
			return
		}
		left := int((t-f.x.min)*scaleX) - dot/2
		middle := float64(h) - float64((one.place(id)-f.y.min)*scaleY)
		top := int(math.Floor(middle - half + 0.5))
		bottom := max(top+1, int(math.Floor(middle+half+0.5)))
		for y := max(top, 0); y < min(bottom, h); y++ {
			for x := max(left, 0); x < min(left+dot, w); x++ {
				counts[y*w+x]++
				most = max(most, int(counts[y*w+x]))
			}
		}
	})
	return most
}

// dotSize is the width of a spike in pixels: as in a raster of ticks where there
// is room, smaller where spikes would cover more than a quarter of the image.
func dotSize(spikes, w, h int) int {
	return min(max(int(math.Sqrt(0.25*float64(w)*float64(h)/float64(spikes))), 1), 3)
}
