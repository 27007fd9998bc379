"""From a business system to a candidate that the gate judges.

In comes a *source*: one YAML per business system (harvesters/README.md), told to
ckanext-harvest as one of its sources, so that stewards run it and read its jobs on the
pages they know. Out goes, per table, a CSV in UTF-8 whose header is the field names of
the Table Schema, handed to the action `gpo_quality_version_submit`. Nothing here makes
anything public.

One table is one harvest object: a table that fails leaves an error row with a stable
code, the others go on, and what was public stays.

base.py        the template method that harvesters/ fills in with `extract`
sources.py     the YAML, checked           mapping.py lexical.py   rows to fields
candidate.py   the CSV                     failures.py             what can go wrong
consumer.py    the process that works      sync.py runs.py         sources and jobs
"""
