"""The forms of the inspection pack, one for each act."""
