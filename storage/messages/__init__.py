"""What follows an act: outbox, documents, messages, and what is held back after a restore."""
