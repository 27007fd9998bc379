"""CKAN's search calls to the engine, and its answers to CKAN."""
