package script

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"go.starlark.net/starlark"

	"soma/connect"
	"soma/internal/edges"
)

// maxData is the size of a data file, in bytes, beyond which it is not read.
const maxData = 1 << 30

// explicitFile reads the synapses that a file lists.
func (s *session) explicitFile(c *call) starlark.Value {
	var name string
	c.text("file", &name)
	if c.bad {
		return s.poison
	}
	if problem := badName(name); problem != "" {
		c.report("file", fmt.Sprintf("%q %s", name, problem), "give a file below the model's folder, such as \"synapses.csv\"")
		return s.poison
	}
	content, err := s.data(name)
	if err != nil {
		c.report("file", fileProblem(name, err), "give a .csv, .npz or .mtx file below the model's folder")
		return s.poison
	}
	list, err := edges.Read(name, content)
	if err != nil {
		c.report("file", err.Error(), "")
		return s.poison
	}
	v := &explicitValue{rule: connect.Explicit{Pre: list.Pre, Post: list.Post}}
	if list.Weight != nil {
		v.weight = connect.Array(list.Weight)
	}
	if list.Delay != nil {
		v.delay = connect.Array(list.Delay)
	}
	return v
}

// data reads a data file below the model's folder. What it holds is part of the
// model, by its hash.
func (s *session) data(name string) ([]byte, error) {
	if s.folder == nil {
		return nil, errors.New("the model's folder cannot be opened")
	}
	info, err := s.folder.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a regular file")
	case info.Size() > maxData:
		return nil, fmt.Errorf("it has more than %d bytes", maxData)
	}
	in, err := s.folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var content bytes.Buffer
	content.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := io.Copy(&content, io.LimitReader(in, maxData)); err != nil {
		return nil, err
	}
	path := filepath.Join(filepath.Dir(s.path), filepath.FromSlash(name))
	if s.files[path] == nil {
		sum := sha256.Sum256(content.Bytes())
		f := &file{path: path, name: name, source: sum[:]}
		s.files[path] = f
		s.order = append(s.order, f)
	}
	return content.Bytes(), nil
}
