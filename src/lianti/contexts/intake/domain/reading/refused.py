"""What the reader answers for a file that it does not read."""


class Refused(Exception):
    """The file gives no text. `reason`: a key of `notes.NOTES`; `values`: what its words want."""

    def __init__(self, reason: str, **values: str | int) -> None:
        self.reason, self.values = reason, values
        super().__init__(reason)
