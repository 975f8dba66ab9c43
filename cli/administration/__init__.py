"""Commands that set up and administer an installation: databases, accounts, units, regulations."""
