"""The walls of what people are in the middle of entering, and of what their tables call things."""

from lianti.kernel import personal
from lianti.kernel.personal import WORDS, Columns, Level, Personal
from lianti.kernel.walls import IN_PERSON, MAKER, SIGNING_IN, Wall, Walls, either
from lianti.records.models import HeldFile, KeptForm, Meaning, SavedView, Sought, UploadCode

# A telephone sends, and a form is kept, when nobody is signed in: then the secret of code and cookie decides.
_OWN = either(IN_PERSON, SIGNING_IN)
WALLS: Walls = (
    *(Wall(model, read=_OWN, insert=_OWN, change=_OWN, delete=_OWN) for model in (UploadCode, HeldFile, KeptForm)),
    *(
        Wall(model, read=IN_PERSON, insert=IN_PERSON, change=IN_PERSON, delete=IN_PERSON)
        for model in (Sought, SavedView)
    ),
    Wall(Meaning, read=MAKER, insert=MAKER, change=MAKER),
)

_SECRET = Personal(Level.SECRET, "know the sender again", "until it has run out", "removed with its row")
PERSONAL: personal.Declared = (
    Columns("records_uploadcode", "public_id address field", {"token": _SECRET}),
    Columns("records_heldfile", "public_id address field media_type", {"name": WORDS}),
    Columns("records_sought", "public_id", {"words": WORDS}),
    Columns("records_savedview", "public_id list query", {"name": WORDS, "words": WORDS}),
    Columns("records_meaning", "code means", {"said": WORDS}),
    Columns("records_keptform", "public_id address page", {"browser": _SECRET, "data": WORDS}),
)
