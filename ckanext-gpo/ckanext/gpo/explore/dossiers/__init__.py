"""The dossier of a project or an enterprise, as far as it can be thought of without a site. Pure.

In come the rows of all tables that bear one code, the publications of those tables and a
day; out come entries with their number, date and state, who takes part in which role, the
terms that the law or a contract sets with their arithmetic, and a line of time.

Which tables, roles and terms there are is data: dataset_schemas/chains.yaml and
dossiers.yaml. What no rule there sets a term for is never called late.
"""
