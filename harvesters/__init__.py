"""Where the data comes from: one module per kind of business system, one YAML per system in `sources/`."""
