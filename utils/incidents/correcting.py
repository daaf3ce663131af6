"""Known errors of raw rows, mended as a dataset's corrections say, on any engine."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from ..evidence.datasets import Correction

__all__ = ["columns", "corrected"]


def columns(corrections: Iterable[Correction]) -> tuple[str, ...]:
    """The columns that corrections look at or set."""
    return tuple(name for one in corrections for name in (*one.where, one.field) if name)


def corrected(rows: ir.Table, corrections: Iterable[Correction]) -> ir.Table:
    """Raw rows, as text, with the corrections applied; CorrectionOutdated when one meets other rows."""
    for one in corrections:
        meant = ibis.and_(*(rows[column].fill_null("") == text for column, text in one.where.items()))
        one.require(int(rows.filter(meant).count().execute()))
        if one.action == "drop":
            rows = rows.filter(~meant)
        elif one.field is not None:
            mended = ibis.ifelse(meant, ibis.literal(one.value, "string"), rows[one.field])
            rows = rows.mutate(**{one.field: mended})
    return rows
