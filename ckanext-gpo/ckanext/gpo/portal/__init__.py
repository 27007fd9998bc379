"""What people see: the theme over CKAN's pages, the platform's own pages, the words.

In: what the actions of the other rooms answer, for the reader who asks. Out: HTML in
Chinese and English that a citizen, a clerk and a developer can use, with the security
headers that go with it. Nothing is decided or stored here.

The look follows WCAG 2.2 AA and GB/T 37668; the pages follow 国办发〔2017〕47号
(catalogue, search, download, API, metadata on one platform).
"""
