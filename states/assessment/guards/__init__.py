"""The conditions of the acts of an assessment."""
