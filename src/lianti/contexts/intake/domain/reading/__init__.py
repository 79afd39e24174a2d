"""Reading: bytes of a known or guessed format to a Source, within bounds."""
