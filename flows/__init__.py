"""The Prefect flows: one for each stage of the procedure, one that opens, one that sweeps, one that works the backlog.

They are thin: what they do is done by ``casework``, and the database of the cases is the truth, never a run's state.
"""
