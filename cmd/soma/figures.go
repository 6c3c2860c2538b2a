package main

import (
	"bytes"
	"errors"
	"runtime"
	"sync"

	"soma/plot"
	"soma/record"
)

// draw draws every figure in every format, several at a time. What cannot be
// drawn is left out and told in the error; the other files are given all the
// same.
func draw(result *record.Result, figures []plot.Figure, formats []string) ([]record.File, error) {
	type sheet struct {
		file record.File
		err  error
	}
	sheets := make([]sheet, len(figures)*len(formats))
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, figure := range figures {
		for j, format := range formats {
			group.Go(func() {
				free <- struct{}{}
				defer func() { <-free }()
				var page bytes.Buffer
				s := &sheets[i*len(formats)+j]
				s.err = plot.Draw(&page, format, figure, drawing{result})
				s.file = record.File{Name: figureName(figure, format), Contents: page.Bytes()}
			})
		}
	}
	group.Wait()
	var files []record.File
	var errs []error
	for i, s := range sheets {
		switch {
		case s.err == nil:
			files = append(files, s.file)
		case i%len(formats) == 0: // the same mistake in every format
			errs = append(errs, s.err)
		}
	}
	return files, errors.Join(errs...)
}

func figureName(f plot.Figure, format string) string {
	return "figures/" + record.FileName(f.Name) + "." + format
}
