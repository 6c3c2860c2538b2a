package connect

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"soma/internal/rng"
)

// placed gives n sources and targets places; the same neurons if overlap.
func placed(t testing.TB, from Positions, sources int, to Positions, targets int) Pair {
	t.Helper()
	p := pair(sources, targets, to == nil)
	var err error
	if p.SourcePlaces, err = from.Place(sources, rng.New(1, "from", "positions")); err != nil {
		t.Fatal(err)
	}
	if to == nil {
		p.TargetPlaces = p.SourcePlaces
	} else if p.TargetPlaces, err = to.Place(targets, rng.New(1, "to", "positions")); err != nil {
		t.Fatal(err)
	}
	return p
}

// torus is the distance on a torus of extent 1, written out.
func torus(a, b []float64) float64 {
	sum := 0.0
	for d := range a {
		x := math.Abs(a[d] - b[d])
		sum += min(x, 1-x) * min(x, 1-x)
	}
	return math.Sqrt(sum)
}

// The synapses of all pairs at about one distance are as many as the kernel
// says: Pearson's statistic over bins of distance.
func TestSpatialFollowsTheKernel(t *testing.T) {
	line, plane, cube := []float64{1}, []float64{1, 1}, []float64{1, 1, 1}
	for _, c := range []struct {
		name   string
		kernel Profile
		cutoff float64
		value  func(d float64) float64
	}{
		{"box", Box{0.3, 0.2}, 0, func(d float64) float64 { return 0.3 * step(0.2-d) }},
		{"full box", Box{1, 0.1}, 0, func(d float64) float64 { return step(0.1 - d) }},
		{"gaussian", Gaussian{0.8, 0.1}, 0, func(d float64) float64 { return 0.8 * math.Exp(-d*d/0.02) }},
		{"faint gaussian", Gaussian{0.05, 0.3}, 0.4, func(d float64) float64 { return 0.05 * math.Exp(-d*d/0.18) * step(0.4-d) }},
		{"exponential", Exponential{0.5, 0.08}, 0, func(d float64) float64 { return 0.5 * math.Exp(-d/0.08) }},
		{"rising", Linear{0.01, 0.2}, 0, func(d float64) float64 { return 0.01 + 0.2*d }},
		{"ring", Function(func(d float64) float64 { return 0.4 * math.Exp(-(d-0.3)*(d-0.3)/0.01) }), 0, func(d float64) float64 { return 0.4 * math.Exp(-(d-0.3)*(d-0.3)/0.01) }},
	} {
		for _, extent := range [][]float64{line, plane, cube} {
			p := placed(t, Scatter{Extent: extent, Periodic: true}, 900, Scatter{Extent: extent, Periodic: true}, 400)
			counts := matrix(t, Spatial{Kernel: c.kernel, Cutoff: c.cutoff}, p)
			const bins = 40
			var got, mean, variance [bins]float64
			for target, row := range counts {
				for source, n := range row {
					d := torus(p.TargetPlaces.at(target), p.SourcePlaces.at(source))
					f := c.value(d)
					if n > 1 || f == 0 && n > 0 || f == 1 && n == 0 {
						t.Fatalf("%s: %d synapses at distance %g", c.name, n, d)
					}
					bin := min(int(d*bins), bins-1)
					got[bin] += float64(n)
					mean[bin] += f
					variance[bin] += f * (1 - f)
				}
			}
			sum, used := 0.0, 0.0
			for i := range got {
				if variance[i] > 5 {
					sum += (got[i] - mean[i]) * (got[i] - mean[i]) / variance[i]
					used++
				}
			}
			if z := (sum - used) / math.Sqrt(2*used); used > 0 && math.Abs(z) > 4 {
				t.Errorf("%s in %d dimensions: the counts deviate by %.1f", c.name, len(extent), z)
			}
			if want := sumOf(mean[:]); used == 0 && math.Abs(float64(total(counts))-want) > 0.5 {
				t.Errorf("%s in %d dimensions: %d synapses, want %g", c.name, len(extent), total(counts), want)
			}
			plan, _ := Spatial{Kernel: c.kernel, Cutoff: c.cutoff}.Plan(p)
			if want := sumOf(mean[:]); math.Abs(plan.Expected-want) > 0.25*want {
				t.Errorf("%s in %d dimensions: %g synapses expected, %g are", c.name, len(extent), plan.Expected, want)
			}
		}
	}
}

func step(x float64) float64 {
	if x < 0 {
		return 0
	}
	return 1
}

func sumOf(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// With a fixed indegree every source is drawn in proportion to the kernel, by
// rejection and, where few sources are likely, from the list.
func TestSpatialIndegreeFollowsTheKernel(t *testing.T) {
	const sources, targets, k = 60, 3000, 40
	everyone := make([][]float64, targets)
	for i := range everyone {
		everyone[i] = []float64{0}
	}
	for _, c := range []struct {
		name   string
		kernel Profile
		value  func(d float64) float64
	}{
		{"gaussian", Gaussian{3, 0.3}, func(d float64) float64 { return math.Exp(-d * d / 0.18) }},
		{"box", Box{2, 0.25}, func(d float64) float64 { return step(0.25 - d) }},
		{"one far spot", Function(func(d float64) float64 { return math.Exp(-(d - 0.45) * (d - 0.45) / 1e-4) }), func(d float64) float64 { return math.Exp(-(d - 0.45) * (d - 0.45) / 1e-4) }},
	} {
		p := placed(t, Grid{Extent: []float64{1}}, sources, Points{Coordinates: everyone}, targets)
		drawn := make([]float64, sources)
		for target, row := range matrix(t, SpatialIndegree{K: k, Kernel: c.kernel}, p) {
			indegree := 0
			for source, n := range row {
				indegree += n
				drawn[source] += float64(n)
			}
			if indegree != k {
				t.Fatalf("%s: target %d has indegree %d", c.name, target, indegree)
			}
		}
		weights := make([]float64, sources)
		for i := range weights {
			weights[i] = c.value(math.Abs(p.SourcePlaces.at(i)[0]))
		}
		chi, used := 0.0, 0.0
		for i, w := range weights {
			if mean := w / sumOf(weights) * k * targets; mean > 5 {
				chi += (drawn[i] - mean) * (drawn[i] - mean) / mean
				used++
			}
		}
		if z := (chi - used + 1) / math.Sqrt(2*used); z > 4 {
			t.Errorf("%s: the sources' counts deviate by %.1f", c.name, z)
		}
	}
}

// Without replacement: the first of two draws of three sources, and what is left
// for the second. The list alone gives the same probabilities.
func TestSpatialIndegreeWithoutMultapses(t *testing.T) {
	const targets = 20000
	weights := []float64{math.Exp(-0.5 * 0.01), math.Exp(-0.5 * 1), math.Exp(-0.5 * 4)}
	all := sumOf(weights)
	absent := func(i int) float64 { // probability that source i is not among the two
		sum := 0.0
		for j := range 3 {
			for k := range 3 {
				if j != i && k != i && j != k {
					sum += weights[j] / all * weights[k] / (all - weights[j])
				}
			}
		}
		return sum
	}
	p := pair(3, targets, false)
	p.SourcePlaces = Places{Dimensions: 1, Coordinates: []float64{0.1, 1, 2}}
	p.TargetPlaces = Places{Dimensions: 1, Coordinates: make([]float64, targets)}
	r := SpatialIndegree{K: 2, Kernel: Gaussian{1, 1}, NoMultapses: true}
	k, err := newKernel(p, r.Kernel, 0, false)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := r.Plan(p)
	if err != nil {
		t.Fatal(err)
	}
	for name, draw := range map[string]func(target int) []int32{
		"rejection": func(target int) []int32 { return plan.Sources(target, nil) },
		"list": func(target int) []int32 {
			w := k.scratch.Get().(*kernelScratch)
			w.draws = newDraws(p.Stream, uint64(target))
			return r.drawRest(k, w, target, 2, nil)
		},
	} {
		var missing [3]float64
		for target := range targets {
			s := draw(target)
			if len(s) != 2 || s[0] == s[1] {
				t.Fatalf("%s: target %d has the sources %v", name, target, s)
			}
			missing[3-s[0]-s[1]]++
		}
		for i, n := range missing {
			q := absent(i)
			if z := (n - q*targets) / math.Sqrt(q*(1-q)*targets); math.Abs(z) > 4 {
				t.Errorf("%s: source %d is missing in %g draws, want %g (z = %.1f)", name, i, n, q*targets, z)
			}
		}
	}
	few := SpatialIndegree{K: 3, Kernel: Gaussian{1, 1}, NoMultapses: true}
	for _, row := range matrix(t, few, p) {
		if !slices.Equal(row, []int{1, 1, 1}) {
			t.Fatalf("three of three: %v", row)
		}
	}
}

// On a ring the neighbours of a neuron at the seam lie on both sides of it.
func TestPeriodicWrap(t *testing.T) {
	for _, c := range []struct {
		positions Positions
		want      []int
	}{
		{Grid{Extent: []float64{100}, Periodic: true}, []int{1, 2, 98, 99}},
		{Grid{Extent: []float64{100}}, []int{1, 2}},
		{Grid{Extent: []float64{10, 10}, Shape: []int{10, 10}, Periodic: true}, []int{1, 2, 8, 9, 10, 11, 19, 20, 80, 90, 91, 99}},
	} {
		p := placed(t, c.positions, 100, nil, 100)
		plan, err := Spatial{Kernel: Box{1, 2}, NoAutapses: true}.Plan(p)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, s := range plan.Sources(0, nil) {
			got = append(got, int(s))
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: neuron 0 has the neighbours %v, want %v", c.positions, got, c.want)
		}
	}
}

// Weights and delays by distance.
func TestByDistance(t *testing.T) {
	p := placed(t, Scatter{Extent: []float64{1, 1}, Periodic: true}, 300, nil, 300)
	rule := Spatial{Kernel: Gaussian{0.3, 0.2}, Cutoff: 0.45}
	plan, err := rule.Plan(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		profile   Profile
		value     func(d float64) float64
		tolerance float64
	}{
		{Linear{1e-3, 1 / 0.3}, func(d float64) float64 { return 1e-3 + d/0.3 }, 1e-15},
		{Gaussian{-2, 0.2}, func(d float64) float64 { return -2 * math.Exp(-d*d/0.08) }, 1e-14},
		{Exponential{5, 0.1}, func(d float64) float64 { return 5 * math.Exp(-d/0.1) }, 1e-14},
		{Box{3, 0.2}, func(d float64) float64 { return 3 * step(0.2-d) }, 0},
		{Function(func(d float64) float64 { return math.Sin(9 * d) }), func(d float64) float64 { return math.Sin(9 * d) }, 1e-6},
	} {
		v, err := Locate(ByDistance{c.profile}, p, plan)
		if err != nil {
			t.Fatal(err)
		}
		low, high := v.Bounds()
		for target := range p.Targets {
			sources := plan.Sources(target, nil)
			values := make([]float64, len(sources))
			v.Fill(Synapses{Target: target, Sources: sources}, values)
			for i, s := range sources {
				d := torus(p.TargetPlaces.at(target), p.SourcePlaces.at(int(s)))
				if want := c.value(d); math.Abs(values[i]-want) > c.tolerance || values[i] < low || values[i] > high {
					t.Fatalf("%T: %g at %g, want %g within [%g, %g]", c.profile, values[i], d, want, low, high)
				}
			}
		}
	}
}

func TestSpatialErrors(t *testing.T) {
	line, plane := Scatter{Extent: []float64{1}}, Scatter{Extent: []float64{1, 1}}
	nowhere := pair(5, 5, false)
	flat, lines := placed(t, plane, 5, line, 5), placed(t, line, 5, line, 5)
	seam := placed(t, line, 5, Scatter{Extent: []float64{1}, Periodic: true}, 5)
	for _, c := range []struct {
		rule Rule
		pair Pair
		want string
	}{
		{Spatial{Kernel: Box{1, 1}}, nowhere, "no positions; give the population positions"},
		{Spatial{Kernel: Box{1, 1}}, flat, "2 coordinates, the targets 1; place both"},
		{Spatial{Kernel: Box{1, 1}}, seam, "make the extents of both alike"},
		{Spatial{}, lines, "no kernel; give one"},
		{Spatial{Kernel: Box{1.2, 1}}, lines, "1.2; keep it from 0 to 1"},
		{Spatial{Kernel: Linear{0.5, -1}}, lines, "keep it from 0 to 1, or set a cutoff"},
		{Spatial{Kernel: Gaussian{0.5, 0}}, lines, "standard deviation is 0; give a length above 0"},
		{Spatial{Kernel: Box{1, 1}, Cutoff: -1}, lines, "cutoff is -1"},
		{Spatial{Kernel: Function(func(float64) float64 { return math.NaN() })}, lines, "gives NaN for a distance of 0"},
		{Spatial{Kernel: Function(func(float64) float64 { panic("no idea") })}, lines, "fails for a distance of 0: no idea; make it finite"},
		{SpatialIndegree{K: 6, Kernel: Box{1, 1}, NoMultapses: true}, lines, "5 possible sources, 6 needed"},
		{SpatialIndegree{K: 1, Kernel: Box{1, 1e-9}}, lines, "0 possible sources, 1 needed; widen"},
		{SpatialIndegree{K: 1, Kernel: Linear{0, -1}}, lines, "keep it at 0 or above"},
		{SpatialIndegree{K: -1, Kernel: Box{1, 1}}, lines, "give 0 or more"},
	} {
		if _, err := c.rule.Plan(c.pair); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.rule, err, c.want)
		}
	}
	if _, err := Locate(ByDistance{Linear{1, 1}}, nowhere, Plan{}); err == nil || !strings.Contains(err.Error(), "no positions") {
		t.Errorf("a distance between neurons nowhere: %v", err)
	}
}

// How long do 10⁴ targets of 10⁴ sources take to draw once?
func BenchmarkSpatial(b *testing.B) {
	p := placed(b, Scatter{Extent: []float64{1, 1}, Periodic: true}, 10000, nil, 10000)
	for name, rule := range map[string]Rule{
		"local box":      Spatial{Kernel: Box{0.5, 0.05}},
		"gaussian":       Spatial{Kernel: Gaussian{0.2, 0.1}},
		"wide gaussian":  Spatial{Kernel: Gaussian{0.1, 0.3}},
		"indegree":       SpatialIndegree{K: 100, Kernel: Gaussian{1, 0.1}},
		"distinct":       SpatialIndegree{K: 100, Kernel: Gaussian{1, 0.1}, NoMultapses: true},
		"exponential":    Spatial{Kernel: Exponential{0.2, 0.05}},
		"cut bernoulli":  Spatial{Kernel: Linear{0.1, 0}, Cutoff: 0.3},
		"full bernoulli": Spatial{Kernel: Linear{0.1, 0}},
	} {
		b.Run(name, func(b *testing.B) {
			var sources []int32
			count := 0
			for range b.N {
				begin := time.Now()
				plan, err := rule.Plan(p)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(begin).Seconds()*1e3, "ms-plan")
				for target := range p.Targets {
					sources = plan.Sources(target, sources[:0])
					count += len(sources)
				}
			}
			b.ReportMetric(float64(count)/float64(b.N), "synapses")
		})
	}
}
