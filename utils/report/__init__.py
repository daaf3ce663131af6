"""The static site, in the order of its making: `update` brings the runs of the notebooks up to date, with
`runs` and `reach` for what must run, `execute` and `trace` for running it · `outputs` turns pictures and
bound numbers of notebooks into HTML, of cells as `cells` shows them; `markdown` and `formulas` read their
words, and `foreign` takes out what is not ours · `pages` and `claim_page` write what Sphinx reads, through
`render` and its templates · `downloads` and `card` make the files beside the pages · `site` runs Sphinx in a
frame of our own · `build` does it all. `safe` is what keeps foreign text harmless beyond escaping."""
