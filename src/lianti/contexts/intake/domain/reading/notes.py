"""What the reader tells people: why a file is refused, and what of a file it left out, bounded or guessed."""

NOTES: dict[str, str] = {
    # Refusals.
    "too_big": "The file has {megabytes} MB; up to {most} MB are read.",
    "empty": "There is nothing in the file.",
    "unknown_format": "This kind of file is not read. Save it as text, HTML, PDF or Word (.docx).",
    "old_word": "Old Word files (.doc) are not read. Save it as .docx or PDF.",
    "binary": "The file says it is text, but it holds other data.",
    "damaged": "The file is damaged or cut off and cannot be opened.",
    "encrypted": "The file is protected by a password. Save it without one.",
    "macros": "Word files with macros (.docm) are not read. Save it as .docx.",
    "bomb": "The file unpacks to far more than a document holds; it was not opened.",
    "unsafe_xml": "The file declares entities of its own, which no word processor writes; it was not opened.",
    "no_ocr": "This is a picture. Reading pictures needs tesseract with Chinese, which is not installed here.",
    "no_text": "No text was found in it.",
    # Notes.
    "charset_differs": "The page says it is in {declared}; it was read as {used}, in which it makes sense.",
    "charset_broken": "{count} places could not be decoded from {used}; they show as �.",
    "controls_removed": "{count} control characters that no text has were left out.",
    "text_cut": "The text is very long: the first {kept} characters were kept.",
    "pages_cut": "It has {pages} pages: the first {kept} were read.",
    "time_cut": "Reading its pages took too long: {kept} of {pages} were read.",
    "scans_read": "{count} scanned pages were read by recognition of characters ({pages}). Compare them with the file.",
    "scans_left": "These pages are pictures and were not read, for tesseract with Chinese is not installed: {pages}.",
    "scans_failed": "These pages are pictures and could not be recognised in time: {pages}.",
    "recognised": "The text was recognised from a picture. Compare it with the file.",
    "hidden_read": "The page hides its text until a script runs; the hidden text was read.",
    "macros_ignored": "The file holds macros. They were not run.",
    "attachments": "{count} attachments were not opened: {names}. Take in each that matters.",
    "remote_left": "The file refers to things on the internet; nothing was fetched.",
}
