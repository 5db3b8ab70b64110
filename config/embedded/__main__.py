"""`python3 -m config.embedded` is what bin/up runs."""

from __future__ import annotations

import sys

from config.embedded.up import main

sys.exit(main())
