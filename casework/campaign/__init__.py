"""What follows from the acts of a campaign, its documents, boards and imports."""
