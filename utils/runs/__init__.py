"""Which notebooks must run, and what they gave when they last did."""
