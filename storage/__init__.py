"""How everything is kept: rows, transactions, the journal, the outbox. Nothing in here commits but the edge."""
