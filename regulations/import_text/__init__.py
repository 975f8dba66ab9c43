"""A district's own text: from its file to the structure, the proposals and the folder of a regulation."""
