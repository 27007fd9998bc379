"""Follows (关注): who wants to be told of what, and how it reaches them.

In: a reader with an account, or an e-mail address that its owner has confirmed, follows a
subject (see `common.news`): a dataset, domain, department, item, app, the code of a project
or enterprise, a search. News come from the walk through the ledger.

Out: notices by `common.notices`, at once, once a day or once a week: on the site and by
mail for accounts, by mail for addresses. One mail tells many news. Each subject has a feed
besides, for which nobody needs to give anything.

An address is kept encrypted, and only as long as something is followed with it: it is erased
when its owner stops, and after two days when nobody has confirmed it. A link in a mail
changes nothing by being opened: programs that look at mails open them too.
"""
