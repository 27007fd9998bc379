"""Workbooks: from a sheet as its program shows it to a grid.

In: a file that `sniff` calls xlsx, xls, xlsb or ods. Out: the grid of the visible sheet that
fits the table, with everything named that a person would see and a reader would not: hidden
sheets, rows and columns, filters, comments, formulas without values, errors, formats.

`xlsx` is read from its parts piece by piece (`package`, `strings`, `cells`), because
python-calamine, which holds a sheet whole, tells of none of these and allocates the area of a
far cell. Rows that look alike are read at once (`shapes`), and what is stored becomes cells
column by column (`conversions`). `legacy` reads XLS and ET with xlrd, whose parsing is most of
the time that this takes, `binary` XLSB and `opendocument` ODS with python-calamine. `formats`
writes numbers as their format shows them, `choice` finds the sheet.
"""
