"""`python -m backend.embedded`."""

import sys

from backend.embedded.main import main

sys.exit(main())
