"""``python -m cli`` is the ``ducha`` command."""

import sys

from cli.main import main

sys.exit(main())
