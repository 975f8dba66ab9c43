"""The inspection pack: procedures, guards and forms of quality inspections."""
