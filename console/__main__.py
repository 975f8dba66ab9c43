"""``python -m console`` is the ``ducha`` command."""

import sys

from console.main import main

sys.exit(main())
