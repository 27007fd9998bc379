"""The platform, in the order in which data passes through it.

- `catalogue` (gpo_catalogue): what must be disclosed and what describes it
- `harvest` (gpo_harvest): runs over business systems; `harvesters/` fills it in
- `quality` (gpo_quality): the gate: versions, checks, verdicts, publication
- `search` (gpo_search): embedded search engine with Chinese analysis
- `dataapi` (gpo_dataapi): downloads of what is published
- `explore` (gpo_explore): tables, charts and records as people read them, dossiers
- `apps` (gpo_apps): what people build with it, registered and reviewed
- `follow` (gpo_follow): who is told of what happens to public things
- `security` (gpo_security): guards every request; CKAN's own holes are mended here
- `portal` (gpo_portal): the look, the pages, the words
- `common` (gpo_common): what several of them share, by name, the ledger first
"""
