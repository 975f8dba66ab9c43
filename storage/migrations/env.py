"""Run by Alembic with the connection ``storage.migrate`` hands it; the transaction is the caller's."""

from alembic import context

from storage.rows import Row

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    # SQLite cannot alter a table in place. Batches drop triggers and unnamed checks: name them, make them again.
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
