"""What several rooms share, each thing under its own name.

It knows none of them: a room imports what it needs of here. The plugin `gpo_common` is
there for what is shared in the database: the ledger, and the rules of workflows.
"""
