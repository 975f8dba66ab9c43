"""The journal: its entries, their hash chains, and the verification of both."""
