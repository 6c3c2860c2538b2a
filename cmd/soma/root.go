package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"soma"
	"soma/internal/suggest"
)

// Exit codes.
const (
	exitDone        = 0
	exitFault       = 1 // the model or the data are at fault
	exitUsage       = 2 // wrong usage
	exitInterrupted = 130
)

// usageError is a mistake in the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errInterrupted ends a command that the user has interrupted; it has said so.
var errInterrupted = errors.New("interrupted")

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "soma COMMAND",
		Short:         "Simulate networks of spiking neurons",
		Long:          "soma simulates networks of spiking neurons that model files describe.\n\nStart with:  soma new cell.star && soma run cell.star",
		SilenceErrors: true,
		SilenceUsage:  true,

		DisableFlagsInUseLine: true,
		Args:                  noCommand,
		RunE:                  showHelp,
	}
	cobra.EnableCommandSorting = false // as listed here: by what is needed first
	root.SetUsageTemplate(usageTemplate)
	root.AddCommand(newRun(), newCheck(), newCurve(), newPlot(), newNew(), newVerify(), newVersion())
	root.SetHelpCommand(newHelp())
	root.SetFlagErrorFunc(flagError)
	root.InitDefaultCompletionCmd()
	completion, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic(err) // it was made above
	}
	completion.Use, completion.Short = "completion SHELL", "Write a completion script for bash, zsh, fish or powershell"
	completion.Args, completion.RunE = noCommand, showHelp
	return root
}

func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

const usageTemplate = `Usage:
  {{.UseLine}}
{{- if .HasExample}}

Examples:
{{.Example}}
{{- end}}
{{- if .HasAvailableSubCommands}}

Commands:
{{- range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}
{{- end}}{{end}}

{{.Root.CommandPath}} help {{if .HasParent}}{{.Name}} {{end}}COMMAND explains a command.
{{- end}}
{{- if and .HasAvailableLocalFlags (not .HasAvailableSubCommands)}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{- end}}
`

// noCommand refuses words that are no command, with the nearest one.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	return usagef("no command %q%s", args[0], didYouMean(args[0], known, ""))
}

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(help *cobra.Command, args []string) error {
			cmd, rest, err := help.Root().Find(args)
			if err != nil || cmd == help.Root() && len(rest) > 0 {
				return noCommand(help.Root(), args)
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
		ValidArgsFunction: func(help *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range help.Root().Commands() {
				names = append(names, c.Name()+"\t"+c.Short)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// flagError words a mistake in the flags.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		slices.Sort(known)
		name := unknown.GetSpecifiedName()
		return usagef("no flag --%s%s", name, didYouMean(name, known, "--"))
	case errors.As(err, &invalid):
		return usagef("--%s %s: %v", invalid.GetFlag().Name, invalid.GetValue(), cause(invalid.Unwrap()))
	}
	return usageError{err}
}

// cause strips what strconv says around an error.
func cause(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

func didYouMean(word string, known []string, prefix string) string {
	if best := suggest.Closest(word, known); best != "" {
		return fmt.Sprintf(" (did you mean %s%s?)", prefix, best)
	}
	return ""
}

// report writes an error, one line each, and gives the exit code.
func report(stderr io.Writer, cmd *cobra.Command, err error) int {
	paint := painterFor(stderr)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "%s %v\n%s\n", paint.red(cmd.CommandPath()+":"), usage.error,
			paint.dim("Usage: "+cmd.UseLine()+"; see "+cmd.CommandPath()+" --help"))
		return exitUsage
	}
	for _, one := range separate(err) {
		for _, e := range soma.AsErrors(one) {
			fmt.Fprintln(stderr, paintError(paint, e))
		}
	}
	return exitFault
}

// separate takes joined errors apart.
func separate(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// paintError writes an error on one line, its place in bold.
func paintError(paint painter, e *soma.Error) string {
	text := strings.ReplaceAll(strings.TrimSpace(e.Error()), "\n", " ")
	if at := e.Pos.String(); at != "" {
		return paint.bold(at+":") + strings.TrimPrefix(text, at+":")
	}
	return text
}

// exactly wants the named arguments.
func exactly(names ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usagef("%s is missing", names[len(args)])
		case len(args) > len(names):
			return usagef("%q is one argument too many", args[len(names)])
		}
		return nil
	}
}

// modelFiles completes the names of model files.
func modelFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"star"}, cobra.ShellCompDirectiveFilterFileExt
}

// directories completes the names of directories.
func directories(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
