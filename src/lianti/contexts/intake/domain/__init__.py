"""From bytes to proposed records, in plain Python: read, clean, propose.

`reading.read` turns a file into a `Source`, `cleaning.clean` a source into a `Cleaned` text, an `Extractor` a cleaned
text into `Proposals`. Nothing here knows a database, so `lianti intake` runs without one.
"""
