"""What `docs/` says of the code, read from the code.

`python -m docs.generate` writes the table of contracts between rooms, the pictures made of
it and the reference; tests/architecture and tests/docs fail while a page differs from what
would be written.

- `tree`: where rooms, modules and templates are
- `names`: the names that stand in a module or a template
- `owners`: which room a name belongs to
- `contracts`: which room uses what of which; `picture` draws it
- `reference`: options, actions, commands, codes of errors, plugins
- `pages`: every page with its text
"""
