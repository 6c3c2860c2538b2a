package plot

import (
	"fmt"
	"image/color"
	"strconv"
)

// rateBars are horizontal bars, the first at the top: bar i around len−1−i.
type rateBars struct {
	rates, reference []float64 // reference: nil, or NaN where there is none
	colors           []color.RGBA
}

// meanRates draws the mean rate of each spike probe.
func meanRates(p *Panel, t theme, src *source) (*chart, error) {
	names, err := p.names(p.Probes)
	if err != nil {
		return nil, err
	}
	recorded, _, err := src.allSpikes(p.Probes)
	if err != nil {
		return nil, err
	}
	n := len(recorded)
	if p.Reference != nil && len(p.Reference) != n {
		return nil, fmt.Errorf("reference has %s for %s; give one rate each", count(len(p.Reference), "rate"), count(n, "probe"))
	}
	b := rateBars{reference: p.Reference}
	ch := &chart{noRows: true, x: axis{label: "mean rate", unit: "Hz"}, y: axis{extent: extent{-0.5, float64(n) - 0.5}}}
	highest := empty()
	highest.add(0)
	highest.add(p.Reference...)
	for i, s := range recorded {
		b.rates = append(b.rates, s.analysed().MeanRate())
		b.colors = append(b.colors, t.curve(i, n))
		ch.y.names = append(ch.y.names, tick{float64(n - 1 - i), clean(names[i])})
	}
	highest.add(b.rates...)
	ch.x.extent = fromZero(1.08 * highest.max) // room for the last number
	ch.x.fixed, ch.x.label = true, "mean rate (Hz)"
	if p.Reference != nil {
		ch.legend = []entry{{"reference", t.ink, Points}}
	}
	ch.layers = []layer{b}
	ch.height = max(0.3, 0.13*float64(n)+0.1)
	return ch, nil
}

// paint writes its rate, to three digits, behind each bar.
func (b rateBars) paint(c *canvas, f frame) {
	for i, rate := range b.rates {
		y := float64(len(b.rates) - 1 - i)
		end := min(max(f.px(rate), f.x0), f.x1)
		c.fill(box{f.x0, f.py(y - 0.36), end, f.py(y + 0.36)}, mix(c.background, b.colors[i], 0.75))
		if i < len(b.reference) && finite(b.reference[i]) {
			if x := f.px(b.reference[i]); x >= f.x0 && x <= f.x1 {
				c.dots(c.ink, 2.6, point{x, f.py(y)})
				if x > end-6 {
					end = max(end, x+3)
				}
			}
		}
		text := significant(rate)
		if wide := width(c.tick, text); end+4+wide <= f.x1+margin {
			c.fill(box{end + 3, f.py(y) - 0.5*size(c.tick), end + 5 + wide, f.py(y) + 0.5*size(c.tick)}, c.background)
			c.text(c.tick, c.ink, end+4, f.py(y)-capHeight/2*size(c.tick), 0, text)
		}
	}
}

// significant writes a number to three significant digits.
func significant(v float64) string {
	if v == 0 {
		return "0"
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 2, 64), 64)
	if err != nil {
		rounded = v
	}
	return number(rounded, digitsAfter(rounded))
}

// digitsAfter is how many digits after the point three significant ones need.
func digitsAfter(v float64) int {
	after := 2
	for limit := 1.0; after < 9 && v != 0 && -limit < v && v < limit; limit /= 10 {
		after++
	}
	for limit := 10.0; after > 0 && (v >= limit || v <= -limit); limit *= 10 {
		after--
	}
	return after
}
