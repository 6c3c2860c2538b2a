package script

import (
	"os"
	"path/filepath"

	"go.starlark.net/starlark"

	"soma"
	"soma/internal/compile"
	"soma/plot"
	"soma/sim"
)

// session is the execution of one model file. It lives as long as Load; only
// its limits outlive it, in the functions of the network.
type session struct {
	opts   Options
	path   string
	folder *os.Root // of the model file; nil when that cannot be opened

	predeclared starlark.StringDict
	files       map[string]*file // by path
	order       []*file          // as they were read
	loading     []string         // files being executed, outermost first

	// thread executes the files; nil while functions of the file are called for
	// their values, and after the execution.
	thread *starlark.Thread
	meter  *meter
	ended  bool // an error ended the execution before the end of the file

	mistakes []mistake
	poison   *poison

	networks []*networkValue // outermost networks
	made     []*made         // objects of the networks, as they were made
	routines []*routine      // functions to be prepared when everything is known
	run      *simulation
	params   []Param
	figures  []figure

	texts []func() // that make what texts of spa mean, when all names are known

	lostProbes int // probes that could not be made, because of a mistake
}

func newSession(path string, opts Options) *session {
	s := &session{opts: opts, path: path, files: map[string]*file{}}
	s.poison = &poison{}
	s.folder, _ = os.OpenRoot(filepath.Dir(path))
	s.predeclared = s.names()
	return s
}

func (s *session) close() {
	if s.folder != nil {
		s.folder.Close()
	}
}

// execute runs the model file, within its limits.
func (s *session) execute() {
	s.thread = &starlark.Thread{
		Name: "model",
		Load: s.load,
		Print: func(_ *starlark.Thread, text string) {
			if s.opts.Print != nil {
				s.opts.Print(text)
			}
		},
	}
	s.meter = &meter{limit: s.opts.MaxSteps, files: s.files}
	s.meter.attach(s.thread)
	stop := watch(s.thread, s.opts.MaxMemory, s.opts.MaxTime)
	defer stop()
	source, err := s.source(s.path, "")
	if err != nil {
		s.report(soma.Error{Problem: fileProblem(s.path, err), Remedy: "give the path of a model file"})
		s.ended = true
	} else {
		s.executeFile(s.parse(s.path, "", source))
	}
	s.thread = nil
}

// finish completes and checks what the file declares. The model is of use only
// when no mistakes were found.
func (s *session) finish() *Model {
	m := &Model{Path: s.path, Dt: defaultDt}
	s.describeFiles(m)
	s.nameObjects()
	s.completeTexts()
	s.completeParams(m)
	s.chooseNetwork(m)
	s.prepareRoutines()
	m.Figures = s.completeFigures(m)
	if m.Network != nil {
		if s.opts.Seed != nil {
			m.Network.Seed = *s.opts.Seed
		}
		s.check(m)
	}
	return m
}

// check adds what the network itself finds wrong. When something is, what is
// right is built all the same, for the mistakes that only building finds.
func (s *session) check(m *Model) {
	dt := m.Dt
	if !(dt > 0) {
		dt = sim.DefaultDt // reported already
	}
	err := m.Network.Check(dt)
	if err != nil || len(s.mistakes) > 0 {
		_, err = compile.Network(m.Network, compile.Options{Dt: dt})
	}
	for _, e := range soma.AsErrors(err) {
		if !s.isConsequence(e) {
			s.placeNested(e)
			e.Field = endField(e.Field)
			s.record(mistake{err: e})
		}
	}
}

// figure is a declared figure, whose panels may still refer to probes without a
// name.
type figure struct {
	pos    soma.Position
	figure plot.Figure
	panels []*panelValue
}
