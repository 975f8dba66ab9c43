"""The conditions of acts on matters. Each guard takes ``(case, context)`` and yields refusals."""
