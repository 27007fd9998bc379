"""What programs and spreadsheets fetch: the files of published versions.

Queries go through CKAN's own action API (`package_search`, `package_show`,
`datastore_search`) and `gpo_catalogue_*`; this room serves the files, and the page that
tells how to call.
"""
