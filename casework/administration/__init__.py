"""Accounts, jurisdictions and holiday notices."""
