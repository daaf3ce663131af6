"""Tables for other programs, each in one file with its units, its sources and its licence.

`described` says what a table is, `text` writes it as CSV, `parquet` and `excel` in those formats, `saving`
chooses by the name of the file, and `bundle` puts every table of a folder into one, as `zipped` packs files.
"""
