"""JupyterLab as `make lab` opens it: on the whole project, with warm kernels, and saving what is stored.

`jupyter_server_config.json` has the server's settings, `settings/overrides.json` those of the page: it asks
for no news, and for no language server that this environment does not bring. `start` opens the contents
beside the notebook, `contents` gives and keeps notebooks, `connections` are those between pages and kernels,
and `hooks` sets up git.
"""
