"""Assessments: a year of the work of counties, scored by a scheme and graded (Yangjiang)."""
