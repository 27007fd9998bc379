"""The gate: nothing becomes public unchecked.

In: a *candidate* (a CSV file of one table), from a harvest, an upload or the API, all by
the action `gpo_quality_version_submit`. It becomes a *dataset version*: immutable, with
content hash, source, schema, report and events.

Decided: by Frictionless against the Table Schema of the table's Data Package, in a
background job (`jobs.py` → `engine.py`).

Out: a passed version is published (`publish.py`): rows in the DataStore, files for
download, metadata, index and event together. A rejected one changes nothing public; its
report says row, column, value, rule and how to mend it.

Afterwards: a published version can be taken back (`withdraw.py`) and an old one handed
in again; two of them can be compared record by record (`diff.py`), and what each
publication changed is told to everyone (`changes.py`).

States and who may follow whom: `workflow.py`. Legal ground of the checks: 政府信息公开
条例 (2019) Art. 6 (及时、准确) and 数据安全法 Art. 41 (及时、准确地公开政务数据).
"""
