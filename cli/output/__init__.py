"""What the command line prints: help, tables, errors, refusals and progress."""
