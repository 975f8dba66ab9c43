"""Checks of the installation and of its data, each with what to do about a fault."""
