"""The static site: `update` brings the runs of the notebooks up to date, with `runs` and `reach` for what
must run, `execute` and `trace` for running it; `pages` writes what Sphinx reads, `renderer` shows outputs,
`build` does it all in order."""
