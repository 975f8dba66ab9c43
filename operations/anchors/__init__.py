"""Anchors: signed copies of the heads of all chains, kept outside the database."""
