"""The conditions of the acts of a campaign and of its parts."""
