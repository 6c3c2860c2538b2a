package main

import (
	"encoding/json"
	"fmt"
	"iter"

	"soma"
	"soma/plot"
	"soma/record"
	"soma/sim"
)

// recordings are what the probes have recorded, in the order of the model; they
// stay where the simulator keeps them, and end with its next step.
func recordings(s *sim.Simulator) *record.Result {
	result := &record.Result{}
	for _, net := range s.Network().All() {
		for _, p := range net.Probes {
			n, width := s.Recorded(p)
			if p.Quantity() == soma.Spikes {
				result.Spikes = append(result.Spikes, record.Spikes{
					Name: p.Path(), Exact: []float64{}, Neurons: width, Count: n,
					Pieces: converted(s.Pieces(p), func(d sim.Data) record.Spikes {
						return record.Spikes{Times: d.Times, IDs: d.IDs, Steps: d.Steps, Exact: d.Exact}
					}),
				})
				continue
			}
			unit, label := meaning(p)
			result.Values = append(result.Values, record.Values{
				Name: p.Path(), Width: width, Unit: unit, Label: label, Samples: n,
				Pieces: converted(s.Pieces(p), func(d sim.Data) record.Values {
					return record.Values{T: d.Times, Rows: d.Values}
				}),
			})
		}
	}
	return result
}

// converted gives the pieces of a recording as another package wants them.
func converted[From, To any](pieces iter.Seq2[From, error], to func(From) To) iter.Seq2[To, error] {
	return func(yield func(To, error) bool) {
		for piece, err := range pieces {
			if !yield(to(piece), err) {
				return
			}
		}
	}
}

// meaning is the unit of what a probe records, and a name for it on an axis.
func meaning(p *soma.Probe) (unit, label string) {
	of, ok := p.Target.Of.(*soma.Population)
	if !ok || of.Neuron == nil {
		return "", ""
	}
	spec := of.Neuron.Spec()
	switch what := p.Quantity(); what {
	case soma.Output:
		return "", "output"
	case soma.Input:
		return spec.InputUnit, "input current"
	default:
		for _, state := range spec.States {
			if state.Name == what {
				return state.Unit, spaced(what)
			}
		}
	}
	return "", ""
}

// drawing lets figures find what a result holds.
type drawing struct{ *record.Result }

// Values implements plot.Data.
func (d drawing) Values(probe string) (plot.Values, error) {
	for _, v := range d.Result.Values {
		if v.Name == probe {
			all := plot.Values{T: v.T, Rows: v.Rows, Width: v.Width, Unit: v.Unit, Label: v.Label}
			if v.Pieces != nil {
				all.Pieces = converted(v.Pieces, func(piece record.Values) plot.Values { return plot.Values{T: piece.T, Rows: piece.Rows} })
			}
			return all, nil
		}
	}
	return plot.Values{}, fmt.Errorf("no values of that name were recorded")
}

// Spikes implements plot.Data.
func (d drawing) Spikes(probe string) (plot.Spikes, error) {
	for _, s := range d.Result.Spikes {
		if s.Name == probe {
			all := plot.Spikes{Times: s.Times, IDs: s.IDs, Exact: s.Exact, Neurons: s.Neurons, Duration: d.Run.Time}
			if s.Pieces != nil {
				all.Pieces = converted(s.Pieces, func(piece record.Spikes) plot.Spikes {
					return plot.Spikes{Times: piece.Times, IDs: piece.IDs, Exact: piece.Exact}
				})
			}
			return all, nil
		}
	}
	return plot.Spikes{}, fmt.Errorf("no spikes of that name were recorded")
}

// stored gives descriptions of figures the form in which results keep them.
func stored(figures []plot.Figure) ([]json.RawMessage, error) {
	list := make([]json.RawMessage, len(figures))
	for i, f := range figures {
		text, err := json.Marshal(f)
		if err != nil {
			return nil, fmt.Errorf("figure %q: %w", f.Name, err)
		}
		list[i] = text
	}
	return list, nil
}

// restored is the reverse of stored.
func restored(list []json.RawMessage) ([]plot.Figure, error) {
	figures := make([]plot.Figure, len(list))
	for i, text := range list {
		if err := json.Unmarshal(text, &figures[i]); err != nil {
			return nil, fmt.Errorf("figure %d of run.json: %w", i+1, err)
		}
	}
	return figures, nil
}
