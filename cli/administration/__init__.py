"""Commands that set up and keep an installation: databases, accounts, units, regulations."""
