"""Cases as they are stored, their deadlines, frequency keys, numbers and answered requests."""
