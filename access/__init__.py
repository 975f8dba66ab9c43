"""Read access: which role may read what, and the record of every read."""
