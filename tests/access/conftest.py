"""The office of the casework tests: what may be read is tried out on real cases."""

from tests.casework.conftest import founded_sqlite, office, office_url, shared_postgresql

__all__ = ["founded_sqlite", "office", "office_url", "shared_postgresql"]
