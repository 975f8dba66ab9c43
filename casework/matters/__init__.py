"""Matters: opening them, what their acts bring about, and their documents."""
