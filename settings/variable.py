"""How one variable is declared and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, Never, NoReturn, Protocol, TypeVar, overload

from settings.refusal import SettingRefused

T = TypeVar("T")


class Unfit(ValueError):
    """A reader cannot use the value; ``limits`` are parameters of the text that says so."""

    def __init__(self, **limits: object) -> None:
        super().__init__()
        self.limits = limits


class HasVariables(Protocol):
    """What variables are declared on."""

    @property
    def given(self) -> Mapping[str, str]:
        """The variables that the environment sets."""


class Variable(Generic[T]):
    """A variable of the environment, declared as an attribute of the settings.

    ``read`` turns its text into a value and raises Unfit; ``default`` is the text that an absent or blank variable
    stands for; ``code`` names the refusal. A value is validated when it is asked for, not when the process starts: a
    wrong port of the mail server stops mail and nothing else.
    """

    def __init__(
        self, name: str, read: Callable[[str], T], default: str, meaning: str, *, code: str = "", secret: bool = False
    ) -> None:
        self.name: Final = name
        self.default: Final = default
        self.meaning: Final = meaning
        self.secret: Final = secret
        self._read = read
        self._code = code

    @overload
    def __get__(self, settings: None, owner: type[Any]) -> Variable[T]: ...

    @overload
    def __get__(self, settings: HasVariables, owner: type[Any]) -> T: ...

    def __get__(self, settings: HasVariables | None, owner: type[Any]) -> Variable[T] | T:
        if settings is None:
            return self
        given = settings.given.get(self.name, "")
        value = given if given.strip() else self.default
        try:
            return self._read(value)
        except Unfit as unfit:
            raise SettingRefused(self._code, self.name, value=value.strip(), **unfit.limits) from None

    def __set__(self, settings: object, value: Never) -> NoReturn:
        raise AttributeError(f"{self.name} is set in the environment")
