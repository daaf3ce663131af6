"""`make bench`: what the project costs, beside the tools that it might have used instead.

`measure` runs a command and sees how long it takes and how much memory; `commands` are those of the project
and of other tools over the same notebooks; `engine` are the parts of the engine, each alone; `growth` is how
costs grow with their input; `write` tells it as a page and a picture; `run` does it all in order.
"""
