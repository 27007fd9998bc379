"""What CKAN lacks to stand in the open: who may come in, with what, and how often.

- `fixes/`: what CKAN 2.12.0 gets wrong, one module a fix, until upstream has it
- `visibility`: what a reader may not see is not there, by any action or page
- `changes`: what changes something takes no GET
- `messages`: no text of a user becomes markup by being translated

Every request passes here before any other room sees it. What comes in: a request. What
goes out: the same request, or a refusal that says why.
"""
