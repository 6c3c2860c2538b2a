package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"soma/plot"
	"soma/record"
)

func newPlot() *cobra.Command {
	formats := choices{known: plot.Formats(), chosen: []string{"png"}}
	theme := one{known: []string{"light", "dark"}}
	cmd := &cobra.Command{
		Use:               "plot DIR",
		Short:             "Redraw the figures of a result",
		Args:              exactly("DIR"),
		ValidArgsFunction: directories,
		RunE: func(cmd *cobra.Command, args []string) error {
			return redraw(cmd, args[0], formats.chosen, theme.word)
		},
	}
	cmd.Flags().Var(&formats, "figures", "formats, separated by commas")
	cmd.Flags().Var(&theme, "theme", "colours (default as in the model)")
	completeFlag(cmd, "figures", &formats)
	completeFlag(cmd, "theme", &theme)
	return cmd
}

func redraw(cmd *cobra.Command, dir string, formats []string, theme string) error {
	result, file, err := record.Open(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	figures, err := restored(result.Run.Figures)
	if err != nil {
		return err
	}
	if len(figures) == 0 {
		return fmt.Errorf("%s: the model declares no figures; add one, such as figure(\"activity\", raster(\"spikes\"))", dir)
	}
	if theme != "" {
		for i := range figures {
			figures[i].Theme = theme
		}
	}
	files, undrawn := draw(result, figures, formats)
	if err := record.Add(dir, files...); err != nil {
		return err
	}
	for _, f := range files {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s/%s\n", dir, f.Name); err != nil {
			return err
		}
	}
	return undrawn
}
