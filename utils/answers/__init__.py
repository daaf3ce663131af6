"""What is told of a claim in a sentence that a newspaper could print, and the label that goes with it."""

from .labels import firm, of_reading, told

__all__ = ["firm", "of_reading", "told"]
