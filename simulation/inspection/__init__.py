"""What the inspection pack needs of the simulation: likelihoods, forms filled in at random, who decides on whom."""
