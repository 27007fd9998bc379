"""What programs and spreadsheets fetch: files of published versions, and their rows.

Datasets are found by CKAN's own action API (`package_search`, `package_show`) and
`gpo_catalogue_*`; this room serves the files, answers questions about rows
(`gpo_dataapi_record_*`), and has the page that tells how to call.
"""
