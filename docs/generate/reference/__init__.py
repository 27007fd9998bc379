"""The reference: what an operator sets, what a program calls, what an error says.

Each module makes one page of `docs/reference/` by its function `page`.
"""
