package plot_test

import (
	"bytes"
	"fmt"
	"log"

	"soma/plot"
)

// A recording is the least that Draw needs.
type recording struct{}

func (recording) Values(string) (plot.Values, error) {
	return plot.Values{
		T:     []float64{0.1, 0.2, 0.3, 0.4},
		Rows:  []float64{-0.070, -0.061, -0.054, -0.070},
		Width: 1,
		Unit:  "V", Label: "membrane voltage",
	}, nil
}

func (recording) Spikes(string) (plot.Spikes, error) {
	return plot.Spikes{Times: []float64{0.4}, IDs: []int64{0}, Neurons: 1, Duration: 0.4}, nil
}

func ExampleDraw() {
	figure := plot.Figure{Name: "activity", Panels: []plot.Panel{
		{Kind: plot.Raster, Probes: []string{"spikes"}},
		{Kind: plot.Lines, Probes: []string{"voltage"}},
	}}
	var svg bytes.Buffer
	if err := plot.Draw(&svg, "svg", figure, recording{}); err != nil {
		log.Fatal(err)
	}
	fmt.Println(bytes.Contains(svg.Bytes(), []byte("membrane voltage (mV)")))
	// Output: true
}

func ExampleRates() {
	spikes := plot.Spikes{
		Times:   []float64{0.10, 0.15, 0.20, 0.25},
		IDs:     []int64{0, 1, 0, 1},
		Neurons: 3,
	}
	fmt.Printf("%.0f Hz\n", plot.Rates(spikes))
	// Output: [10 10 0] Hz
}
