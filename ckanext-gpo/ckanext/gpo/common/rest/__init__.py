"""Operations of the REST API as data, which every room brings of its own actions.

`operations` says what an operation is, `files` what an address with a file is; `parameters`
has what many of them take.
"""
