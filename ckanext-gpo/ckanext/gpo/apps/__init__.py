"""The registry of what people build with the data: apps, services, pictures, papers, ideas.

In: registrations. An account writes what its app is, which datasets it uses and how; a
reviewer who is not that account approves, returns or rejects it. What is handed in is
cleaned on the way: pictures are encoded anew, rich text is reduced to harmless marks,
links are asked whether they answer.

Out: what is approved becomes a record of the catalogue (package type `app`) that search,
pages, feed and API find, each with ratings, reports of abuse and a watch over its link.
The departments hear that their data is used; builders hear what becomes of it.

A registration holds two copies: `content`, on which its builder works, and
`public_content`, which readers see until a newer one is approved.
"""
