"""The forms of matters."""
