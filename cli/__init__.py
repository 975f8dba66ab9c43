"""What people touch: the ``ducha`` command line."""
