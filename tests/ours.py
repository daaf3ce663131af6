"""The tables of this project, as `data/datapackage.json` describes them."""

from utils.archive import DATA
from utils.evidence.tables import declared

TABLES = declared(DATA, [])
