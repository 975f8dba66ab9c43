"""Bundles: an inspection in one file that is verified without a database."""
