"""gpo_search: search without Solr, and search that reads Chinese.

In: the documents and queries that CKAN sends to Solr. Out: Solr's answers, from an
index in a folder of the site. A query goes down through the stations and comes back:

    adapter     CKAN's search calls to the engine
    engine      the door of the engine, which knows nothing of CKAN
    answering   one request → its answer
    highlight   where in the results stands what was found
    query       what is asked → queries of the engine
    scoring     what counts how much; the order of results: `scoring.ranking`
    records     records of tables by what people call them, in indexes of their own
    index       documents on disk
    analysis    texts into words

Beside them, above the engine: `suggest`, help while typing and other queries for one that
finds nothing, `record_finder`, records as the live tables have them for a reader, and
`upkeep`, the care of the index. No station imports one that stands
above it, and each says at its door what it exports.

With the plugin off the site runs on `solr_url` as CKAN always does; `solr_configset` makes
a Solr that reads Chinese too.
"""
