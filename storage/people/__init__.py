"""Jurisdictions, accounts, the record of their changes, and units."""
