"""The results of a run as a page and a picture."""

from __future__ import annotations

from pathlib import Path

from .measure import summary
from .results import FASTER, Results, faster

__all__ = ["page", "write"]

LINEAR = 1.1  # an exponent up to this is called linear: single measurements scatter by some per cent


def write(found: Results, folder: Path) -> None:
    """Write ``bench.md`` and ``bench.svg``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(page(found), encoding="utf-8")
    _picture(found, folder / "bench.svg")


def page(found: Results) -> str:
    """The results in Markdown: the bars, all times, the growth, and what failed."""
    parts = [
        "# What it costs",
        f"{found.machine}. {found.notebooks} notebooks. Medians of {found.rounds}, with the shortest and the "
        "longest; memory is the most that was seen of all processes together, shared pages counted once. The "
        "notebook that is changed is each time the next one in reading order, two a round.",
        "## Bars",
        _table(("what", "measured", "bar", "met"), _bars(found)),
        "## Times",
        _table(
            ("what", "median, s", "shortest to longest, s", "processors, s", "memory, MiB"), _times(found)
        ),
        "## Growth",
        _table(("what", "of", "processor seconds by size", "exponent", "last doubling"), _growths(found)),
    ]
    if found.failed:
        parts += ["## Not measured", *(f"- {name}: {why}" for name, why in found.failed.items())]
    return "\n\n".join(parts) + "\n"


def _bars(found: Results) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, bar in found.bars.items():
        if name in found.samples:
            seconds = summary(found.samples[name]).seconds
            rows.append((name, f"{seconds:.2f} s", f"at most {bar:g} s", _yes(seconds <= bar)))
    times = faster(found)
    if times is not None:
        rows.append(
            (
                "nbval, warm against stock",
                f"{times:.1f} times",
                f"at least {FASTER} times",
                _yes(times >= FASTER),
            )
        )
    for one in found.growths:
        if one.of != "draws":
            name = f"{one.name}, by {one.of}"
            rows.append(
                (name, f"exponent {one.exponent:.2f}", "linear at most", _yes(one.exponent <= LINEAR))
            )
    return rows


def _times(found: Results) -> list[tuple[str, ...]]:
    made = {name: summary(samples) for name, samples in found.samples.items()}
    return [
        (
            name,
            f"{one.seconds:.3g}",
            f"{one.low:.3g} to {one.high:.3g}",
            f"{one.processor:.3g}",
            f"{one.memory:.0f}",
        )
        for name, one in made.items()
    ]


def _growths(found: Results) -> list[tuple[str, ...]]:
    return [
        (
            one.name,
            one.of,
            ", ".join(f"{times}×: {seconds:.2g}" for times, seconds in one.seconds.items()),
            f"{one.exponent:.2f}",
            f"{one.last:.2f}",
        )
        for one in found.growths
    ]


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _picture(found: Results, path: Path) -> None:
    """Times as points with their spread, and growth on logarithmic axes."""
    import matplotlib

    matplotlib.use("agg")
    from .. import figures

    figure, (left, right) = figures.new(2, 1, height=9)
    made = {name: summary(samples) for name, samples in reversed(found.samples.items())}
    for place, (name, one) in enumerate(made.items()):
        own = name.startswith("report") or "warm" in name
        colour = figures.ALERT if own else figures.INK
        left.plot([one.low, one.high], [place, place], color=colour, linewidth=2)
        left.plot([one.seconds], [place], "o", color=colour)
        words = {"textcoords": "offset points", "va": "center", "fontsize": 8}
        left.annotate(f"{one.seconds:.3g}", (one.high, place), (6, 0), **words)
    left.set(
        yticks=range(len(made)), yticklabels=list(made), xscale="log", xlabel="Seconds, median and spread"
    )
    for growth in found.growths:
        name = f"{growth.name}, by {growth.of}"
        right.plot(list(growth.seconds), list(growth.seconds.values()), "o-", label=name)
    right.set(xscale="log", yscale="log", xlabel="Times the input", ylabel="Seconds of the processors")
    if found.growths:
        figure.legend(*right.get_legend_handles_labels(), loc="outside lower left", ncols=2, fontsize=8)
    with matplotlib.rc_context({"svg.hashsalt": "bench"}):
        figure.savefig(path, metadata={"Date": None})
