"""Events by the million: read, located in areas, counted by day, area and tag, on whatever engine runs Ibis.

`mapping` says how a source's columns are called, `engine` what computes, `reading` brings files, `splitting`
parts their lines into cells, `moments` days across time zones, `counting` the expressions, `places` points in
areas, `comparing` before and after, `described` counts as a table of a data folder, `run` all of it in order,
and `command` the command line.
"""
