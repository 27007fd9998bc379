"""Solr documents kept on disk, in fields of the engine."""
