"""Measurements, each beside what a user would pick instead: same work, one run, medians and ratios."""
