"""The facts that acts rest on, by part of the procedure. Each guard takes ``(case, context)`` and yields refusals."""
