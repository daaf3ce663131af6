"""Claims whose truth was drawn, for the tests of what is drawn."""

from utils.calibration import generate
from utils.calibration.worlds import WORLDS


def drawn(world, method, articles=150, seed=3):
    """One claim of a method from each of many articles."""
    world = WORLDS[world] if isinstance(world, str) else world
    return [generate.article(world, seed, number, (method,))[0] for number in range(articles)]
