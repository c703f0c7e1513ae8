"""The history as files that other programs can read, and back again, from one computer or from several.

`json_file` and `csv_files` write and read one form each and know nothing of the diary but its plain rows (`plain`).
Whatever is read goes row by row through `checks` into a private scratch database (`staging`), so that a million rows
need no more memory than a hundred, and only `merge` compares it with the diary and adds to it. docs/data.md describes
both forms.
"""
