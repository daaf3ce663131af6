"""What a data folder may hold, and how it is read and validated.

`cells` what a cell may hold · `problems` what is wrong, as a person reads it · `schema` the rows of the
curated tables · `reading` files as models, `plain_yaml` and `plain_json` those that nest · `descriptor` what
a folder says of its tables, `tables` the tables, and `vintages` what was public of them on a day ·
`datasets` the pins · `article` the article and what its site needs, `claims` its claims, `parameters` what
their checks take · `consistency` slips between rows, `future` days that have not come · `folder` all that a
folder holds · `glossary` what words mean · `dictionary` what can be computed of the description · `new`
starts the next article.
"""
