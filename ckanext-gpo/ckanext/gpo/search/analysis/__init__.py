"""A text into words: folded, cut, stemmed, and read as pinyin."""
