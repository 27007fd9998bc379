"""The sample business systems: a database, a drop folder and a JSON service.

Everything but the figures of `data/` is made up by a seeded generator and says 示例
(sample) where a person sees it. `python -m gpo_samples --help` starts here.
"""
