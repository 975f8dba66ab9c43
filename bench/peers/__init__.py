"""Other engines on the same work: one linear approval of 13 acts a case, each act committed by itself.

An act reads the case by its number, asks one guard (a Python predicate that is true), moves the case and appends one
history row. After a run the database is read again: every case must be published and have its 13 history rows.
``python -m bench.peers CONTESTANT DATABASE CASES`` runs one contestant in this process; ``bench.acts`` compares them.
"""
