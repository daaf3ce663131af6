"""A report to hand on: packed with all that it was made from as an RO-Crate, checked and run again elsewhere.

`bom` says which packages it rests on and under which licences, `pack` makes the crate, `verify` opens one.
"""
