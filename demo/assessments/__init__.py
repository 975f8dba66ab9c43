"""Demonstrations of assessments."""
