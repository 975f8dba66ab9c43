"""The command line of the product: the ``ducha`` command."""
