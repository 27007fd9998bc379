"""Published rows as people read them: tables, charts, records, dossiers.

What it shows it asks of the public actions of the other rooms, so that whoever calls the API
can show the same. A *dossier* is what all departments published of one project or enterprise.
"""
