"""What people see: the theme, the home page, the frame of every page, the words.

In: what the actions of the other rooms answer, for the reader who asks, and what rooms
with pages declare: entries of menus (`common/web/navigation.py`), parts of the desk
(`desk.py`), pages in the place of CKAN's (`replacements.py`). Out: HTML in Chinese and
English that a citizen, a clerk and a developer can use, with the security headers that go
with it. Nothing is decided or stored here, and no page of another room is drawn.

The look follows WCAG 2.2 AA and GB/T 37668; the pages follow 国办发〔2017〕47号
(catalogue, search, download, API, metadata on one platform).
"""
