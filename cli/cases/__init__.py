"""Commands about cases: acts, questions, lists and records."""
