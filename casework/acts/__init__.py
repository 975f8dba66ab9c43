"""Doing an act: the request, the cases it is about, and the transaction that writes it."""
