"""Random activity in a fictitious district under a simulated clock, with faults, checked against invariants."""
