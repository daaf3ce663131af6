"""The static site: `execute` runs the notebooks, `pages` writes what Sphinx reads, `renderer` shows their
outputs, `build` does it all in order."""
