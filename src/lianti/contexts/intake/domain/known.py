"""What the network already knows, handed to the grammar by its caller so that names are matched, not guessed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownInstitution:
    """An institution of the registry: reference, full name, and every other name it has (short, former, remembered)."""

    reference: str
    name: str
    aliases: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The registry as far as the reader may see it.

    `ourselves`: the name that 我院 stands for when the person has said so; else ''.
    `titles`: corrected title by the title that documents write. All empty: the text alone decides.
    """

    institutions: tuple[KnownInstitution, ...] = ()
    ourselves: str = ""
    titles: tuple[tuple[str, str], ...] = ()
