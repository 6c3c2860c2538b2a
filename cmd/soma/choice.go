package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// choices is a flag for some of the known words, separated by commas.
type choices struct {
	known  []string
	none   bool // whether "none" may be given
	chosen []string
}

func (c *choices) String() string { return strings.Join(c.chosen, ",") }
func (c *choices) Type() string   { return strings.Join(c.words(), "|") }

func (c *choices) words() []string {
	if c.none {
		return append(slices.Clone(c.known), "none")
	}
	return c.known
}

func (c *choices) Set(text string) error {
	c.chosen = nil
	for word := range strings.SplitSeq(text, ",") {
		word = strings.ToLower(strings.TrimSpace(word))
		switch {
		case !slices.Contains(c.words(), word):
			return fmt.Errorf("no such choice%s; give %s", didYouMean(word, c.words(), ""), orList(c.words()))
		case word == "none" && strings.Contains(text, ","):
			return fmt.Errorf("none stands alone")
		case word != "none" && !slices.Contains(c.chosen, word):
			c.chosen = append(c.chosen, word)
		}
	}
	return nil
}

func (c *choices) complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return c.words(), cobra.ShellCompDirectiveNoFileComp
}

// one is a flag for one of the known words.
type one struct {
	known []string
	word  string
}

func (o *one) String() string { return o.word }
func (o *one) Type() string   { return strings.Join(o.known, "|") }

func (o *one) Set(text string) error {
	if !slices.Contains(o.known, text) {
		return fmt.Errorf("no such choice%s; give %s", didYouMean(text, o.known, ""), orList(o.known))
	}
	o.word = text
	return nil
}

func (o *one) complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return o.known, cobra.ShellCompDirectiveNoFileComp
}

// orList is "a, b or c".
func orList(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// completer is a flag value that knows its words.
type completer interface {
	complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)
}

// completeFlag lets the shell complete a flag.
func completeFlag(cmd *cobra.Command, name string, c completer) {
	// The only error is a flag that does not exist, or has a completion already.
	if err := cmd.RegisterFlagCompletionFunc(name, c.complete); err != nil {
		panic(err)
	}
}
