"""Accounts, the record of their changes, and units."""
