"""What the command line is given: commands, options, values and data files."""
