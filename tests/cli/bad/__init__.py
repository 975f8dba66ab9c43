"""Bad inputs, gathered in tables: each goes in where somebody hands it in, and is refused with its place."""
