"""A computed table with boundaries, shown as any other table."""

from __future__ import annotations

from typing import Any

import geopandas

from .frames import About, view_of
from .showing import Shown
from .view import View

__all__ = ["Boundaries"]

# Its stubs know nothing of how pandas makes its results.
ORDINARY: Any = geopandas.GeoDataFrame


# The stubs of geopandas and of pandas differ in two methods that are not touched here.
class Boundaries(Shown, geopandas.GeoDataFrame):  # type: ignore[misc]
    """A table of an archive whose rows have a shape; what is computed from it is geopandas' own."""

    about: About

    @classmethod
    def of(cls, frame: geopandas.GeoDataFrame, about: About) -> Boundaries:
        """The same rows with what stands with them."""
        made = cls(frame)
        # As an attribute and not as a column.
        object.__setattr__(made, "about", about)
        return made

    @property
    def _constructor(self) -> Any:
        return ORDINARY._geodataframe_constructor_with_fallback

    def _constructor_from_mgr(self, mgr: Any, axes: Any) -> Any:
        return ORDINARY()._constructor_from_mgr(mgr, axes)

    def __dir__(self) -> list[str]:
        return list(geopandas.GeoDataFrame.__dir__(self))

    def _view(self) -> View:
        return view_of(self, self.about)
