"""What CKAN lacks to stand in the open: who may come in, with what, and how often.

- `fixes/`: what CKAN 2.12.0 gets wrong, one module a fix, until upstream has it

Every request passes here before any other room sees it. What comes in: a request. What
goes out: the same request, or a refusal that says why.
"""
