"""How often the engine is right where the truth is known, because it was drawn."""
