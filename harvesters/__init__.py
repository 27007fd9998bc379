"""Where the data comes from.

One module per kind of business system, one YAML per system in `sources/`.
"""
