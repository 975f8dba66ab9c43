"""The inspections of the year, a script each."""
