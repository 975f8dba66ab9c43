"""Every ``DUCHA_*`` variable of the environment, in one typed object.

The edges (``cli.main``, ``flows.runtime``, ``flows.service``) make the object from the environment and pass it, or
single values of it, down as arguments. No other module reads the environment for these variables.
"""

from settings.declaration import Settings
from settings.refusal import SettingRefused
from settings.secret import Secret
from settings.variable import Variable

__all__ = ["Secret", "SettingRefused", "Settings", "Variable"]
