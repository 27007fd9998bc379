"""gpo_search: search without Solr, and search that reads Chinese.

In: the documents and queries that CKAN sends to Solr. Out: Solr's answers, from an
index in a folder of the site. The way through the modules:

patch       puts `connection` where CKAN looks for Solr
engine      adds, deletes, finds; knows nothing of CKAN
solr_schema, layout, documents                                  a document into the index
analysis, folding, segmenter, sounds, words                     a text into words
pending, waiting, index, generations, building                  the index on disk
request, local_params, lucene, dismax, matching, terms, datemath, minimum   a query
tiers, partial, loosening                                       what fits less than fully
searching, ordering, facets                                     an answer
functions, function_text, boosting                              a score beyond words
sought, tracing, marking, highlighting                          what was found, marked
ranking                                                         which answer comes first
finding                                                         one search over all kinds
wanted, naming, completing, suggesting                          help while typing
guesses, spelling                                               other queries for one
public, logic, caching, warming                                 the actions for it
askable, missed, model                                          what was not found, for stewards
rebuilding, upkeep, audit, commands, cli                        the care of the index
views, pages/                                                   results, what was not found

With the plugin off the site runs on `solr_url` as CKAN always does; `solr_configset` makes
a Solr that reads Chinese too.
"""
