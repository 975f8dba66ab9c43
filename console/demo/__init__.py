"""A whole year with a simulated clock, in a database of its own: ``ducha demo``."""

from console.demo.command import demo as demo
