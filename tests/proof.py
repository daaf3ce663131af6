"""Whether all is asked that `make proof` asks; `make test` takes a part of it."""

import os

ALL = os.environ.get("FIFTY_THOUSAND_PROOF") == "all"
