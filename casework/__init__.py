"""The use cases: one module per act or question. They take a session, a clock and an actor, and never commit."""
