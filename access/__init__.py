"""Who may read what, and the record of who did."""
