"""The gate: nothing becomes public unchecked.

In: a *candidate* (one table as a file of any kind), from a harvest, a browser or the API, all
by the action `gpo_quality_version_submit`. It becomes a *dataset version*:
immutable, with content hash, source, schema, report and events.

Decided: by Frictionless against the Table Schema of the table's Data Package, in a
background job. DuckDB clears the rows that have no fault, at a million a second;
Frictionless itself reads all others (`engine/judge.py`).

Out: a passed version is published: rows in the DataStore, files for download, metadata,
index and event together. A rejected one changes nothing public; its report says row,
column, value, rule and how to mend it.

Stations, in the order in which a candidate goes through them (`jobs.py` leads it):

door/          where people hand it in, from the browser
reception/     takes it in; `intake` reads it: any file → clean CSV
examination/   has it read and checked, and tells how far that is
engine/        checks it: CSV and schema → report and spooled rows
faults/        keeps every fault, as cards of rows
report/        words the report for its reader
publication/   rows, files and record, brought before the public and taken back
history/       versions, what each changed, what is public now
guard/         holds CKAN's other paths to the same rule

A station's door (`__init__.py`) says what comes in and what goes out; nothing else of it is
used outside, and no station reaches back to one that uses it.

No way round: which paths of CKAN lead to public data, and the test of each, is in
`PATHS.md`. A sysadmin's override is an action of its own (`logic/action/override.py`), with a
reason that the dataset's page shows.

Afterwards: a published version can be taken back and an old one handed in again; two of
them can be compared record by record, and what each publication changed is told to everyone.

States and who may follow whom: `workflow.py`. Legal ground of the checks: 政府信息公开
条例 (2019) Art. 6 (及时、准确) and 数据安全法 Art. 41 (及时、准确地公开政务数据).
"""
