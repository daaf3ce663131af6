"""External datasets: from their source to the project's own tables.

`fetch` brings the pinned files, from a mirror or the network; `inputs` hands them to the modules with the
known errors corrected; one module a dataset computes tables from them; `rebuild` compares, tells and writes.
`geometry` holds what the modules with maps share.
"""
