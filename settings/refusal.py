"""The error for a variable whose value cannot be used."""

from __future__ import annotations


class SettingRefused(Exception):
    """A variable has a value that cannot be used.

    ``code`` is stable. The edge prints the texts ``settings.<code>`` (what is wrong) and ``settings.<code>_cure``,
    filled in with ``params``: the name of the variable, its value and the limits.
    """

    def __init__(self, code: str, variable: str, **params: object) -> None:
        super().__init__(code, variable)
        self.code = code
        self.params = {"variable": variable, **params}

    @property
    def text(self) -> str:
        """The name of the text that says what is wrong."""
        return f"settings.{self.code}"

    @property
    def cure_text(self) -> str:
        """The name of the text that says what to do."""
        return f"settings.{self.code}_cure"
