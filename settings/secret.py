"""A text that is never printed or logged by accident."""

from __future__ import annotations

from typing import Final, NoReturn

MASK: Final = "**********"


class Secret:
    """A password or key. Only ``get_secret_value`` reveals it; the name is that of pydantic's ``SecretStr``.

    Importing pydantic would more than double the time that ``ducha --help`` takes (decision 0170).
    """

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def get_secret_value(self) -> str:
        """The text itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __str__(self) -> str:
        return MASK if self._value else ""

    def __repr__(self) -> str:
        return f"Secret({str(self)!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written to a file or a pipe")
