"""The conditions of acts, by part of the procedure. Each guard takes ``(case, context)`` and yields refusals."""
