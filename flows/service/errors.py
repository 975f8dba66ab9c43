"""What keeps the service from running, said with its cure."""

from __future__ import annotations

import messages


class ServiceError(Exception):
    """The service cannot start. ``code`` names the texts ``service.<code>`` and ``service.<code>_cure``."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        texts = (f"service.{self.code}", f"service.{self.code}_cure")
        return "\n".join(messages.text(text, None, **self.params) for text in texts)
