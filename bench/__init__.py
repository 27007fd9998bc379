"""Figures of this platform, each beside its peer: `bin/bench NAME`.

A module of a name has `figures()`, which yields `figure.Figure`s. Timings are compared
as ratios to what was measured in the same run; nothing in tests/ asserts a wall time.
"""
