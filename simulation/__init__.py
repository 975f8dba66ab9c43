"""A district left to chance under a clock of its own, with faults, held against what must always be so."""
