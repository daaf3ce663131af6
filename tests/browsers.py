"""Which browser is opened, of those on the path."""

# In this order; the one without windows needs a third less of the processor.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
