"""What keeps the service from running."""

from __future__ import annotations

from messages.errors import DuchaError


class ServiceError(DuchaError):
    """The service cannot start."""

    area = "service"
    of_the_installation = True
