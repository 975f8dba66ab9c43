"""A condition on a list that is given as one value, so that a statement has the same text for every list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

from storage import canonical


class among(ColumnElement[bool]):
    """Whether a column has one of the values of a list, which is given as one value under this name."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, column: ColumnElement[str], name: str) -> None:
        self.column, self.values = column, bindparam(name, type_=_Texts())


class _Texts(TypeDecorator[Sequence[str]]):
    """A list of texts: an array of PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Text()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else canonical.dumps(list(value or ()))


@compiles(among)
def _any_of_array(element: among, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} = ANY({compiler.process(element.values, **options)})"


@compiles(among, "sqlite")
def _in_json(element: among, compiler: Any, **options: Any) -> str:
    values = compiler.process(element.values, **options)
    return f"{compiler.process(element.column, **options)} IN (SELECT value FROM json_each({values}))"
