"""A whole year with a simulated clock, in a database of its own: ``ducha demo``."""
