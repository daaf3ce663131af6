"""How often the pool's 90 % interval holds the truth, when the truth is known because it was made up.

The shares are named in the module of the pool. Worlds that break its assumptions are among them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy
import pytest

from utils.checks.pool import LEAN, pool
from utils.checks.tellings import Telling

pytestmark = pytest.mark.campaign

TRUTH = 50_000.0
DRAWS = 300


@dataclass(frozen=True)
class World:
    """How tellings come about; spreads are standard deviations on the log scale.

    sizes: tellers of each party. party, teller: how far parties and tellers lean. shared: what all get wrong
    together. off: the share of tellers that are off by one more. tellings: of each teller. days: how long
    before the claimed day they speak. drift: of the truth. bounded: the share that give a bound. assumed:
    whether parties, tellers and what they share err as the rule assumes, with spreads of their own each time.
    """

    sizes: tuple[int, ...] = (3, 2, 2, 1)
    party: float = 0.0
    teller: float = 0.0
    shared: float = 0.10
    off: float = 0.0
    tellings: int = 1
    days: int = 0
    drift: float = 0.03
    bounded: float = 0.0
    assumed: bool = False

    def spreads(self, random: numpy.random.Generator) -> tuple[float, float, float]:
        """How far parties and tellers lean, and what all get wrong together."""
        if not self.assumed:
            return self.party, self.teller, random.normal(0, self.shared)
        party, teller = abs(random.normal(0, LEAN, 2))
        return party, teller, self.shared * random.standard_t(4)


def drawn(world: World, random: numpy.random.Generator) -> list[Telling]:
    """The tellings of one made-up question."""
    parties, tellers, together = world.spreads(random)
    steps = random.normal(0, world.drift, world.days + 1).cumsum()
    told = []
    for party, size in enumerate(world.sizes):
        lean = random.normal(0, parties)
        for place in range(size):
            error = random.uniform(0.1, 0.25)
            own = lean + random.normal(0, error) + random.normal(0, tellers)
            own += random.normal(0, 1.0) * (random.uniform() < world.off)
            for number in range(world.tellings):
                days = int(random.integers(0, world.days + 1))
                said = TRUTH * math.exp(together + own + (steps[days] - steps[0]))
                name = f"{party}-{place}"
                told.append((f"{name}-{number}", name, str(party), said, error, -days))
    return [
        as_told(*one, bounded=place > 1 and random.uniform() < world.bounded, random=random)
        for place, one in enumerate(told)
    ]


def as_told(row, teller, party, said, error, days, *, bounded, random) -> Telling:
    """A telling as a figure, or as a bound that the teller's own figure keeps."""
    if not bounded:
        return Telling(row, teller, party, said, None, None, error, 0.0, days)
    if random.uniform() < 0.5:
        return Telling(row, teller, party, None, said * 0.8, None, error, 0.0, days)
    return Telling(row, teller, party, None, None, said * 1.25, error, 0.0, days)


def covers(world: World, shared: float) -> tuple[float, float]:
    """Share of intervals that hold the truth, and their mean width on the log scale."""
    hits, width = 0, 0.0
    for seed in range(DRAWS):
        told = drawn(world, numpy.random.default_rng(seed))
        low, high = pool(told, drift=world.drift, shared=shared).interval()
        hits += low <= TRUTH <= high
        width += math.log(high / low) / DRAWS
    return hits / DRAWS, width


@pytest.fixture
def report(record_property) -> Callable[[str, float, float], None]:
    def told(what: str, share: float, width: float) -> None:
        record_property(f"coverage, {what}", round(float(share), 3))
        record_property(f"width on the log scale, {what}", round(width, 2))

    return told


WORLDS = {
    "as the rule assumes": World(assumed=True),
    "errors as stated, four parties": World(),
    "two parties that lean by a fifth": World(sizes=(4, 4), party=0.2),
    "four parties that lean by a fifth": World(party=0.2),
    "parties and tellers that lean by a fifth": World(party=0.2, teller=0.2),
    "four parties that lean, 15 % of tellers far off": World(party=0.2, off=0.15),
    "one party that leans by a fifth": World(sizes=(8,), party=0.2),
    "each teller tells it four times": World(party=0.2, tellings=4),
    "told up to 60 days before": World(party=0.2, tellings=2, days=60),
    "a third are bounds": World(party=0.2, bounded=0.33),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_interval_holds_the_truth(name, report):
    share, width = covers(WORLDS[name], shared=0.10)
    report(name, share, width)
    assert 0.85 <= share <= (0.95 if WORLDS[name].assumed else 0.99)
    # An interval that always holds says nothing.
    assert width < 1.7


def test_what_all_get_wrong_is_cured_by_its_scale_alone(report):
    world = World(shared=0.25)
    little, _ = covers(world, shared=0.10)
    granted, width = covers(world, shared=0.25)
    report("all wrong together by a quarter, a tenth granted", little, 0.0)
    report("all wrong together by a quarter, as granted", granted, width)
    assert granted >= 0.9 > little
    more, _ = covers(World(shared=0.25, sizes=(8, 8, 8, 8)), shared=0.10)
    assert more <= little + 0.03
