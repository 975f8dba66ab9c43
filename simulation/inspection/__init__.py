"""The inspection-specific parts of the simulation: likelihoods, random forms, separation of roles."""
