"""Commands that run an installation: service, sweep, journal, backups, demo, simulation."""
