"""The rules engine: cases, tables, the evaluator, refusals, forms and deadlines. It knows no regulation."""
