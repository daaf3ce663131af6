"""The report in a real browser: what only a browser can tell of it."""
