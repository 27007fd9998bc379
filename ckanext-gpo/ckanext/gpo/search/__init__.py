"""gpo_search: search without Solr, and search that reads Chinese.

In: the documents and queries that CKAN sends to Solr. Out: Solr's answers, from an
index in a folder of the site. The way through the modules:

patch       puts `connection` where CKAN looks for Solr
engine      adds, deletes, finds; knows nothing of CKAN
solr_schema, layout, documents, analysis, segmenter, words      a document into the index
pending, index                                                  the index on disk
request, local_params, lucene, dismax, matching, terms, datemath, minimum   a query
searching, ordering, facets                                     an answer

With the plugin off the site runs on `solr_url` as CKAN always does.
"""
