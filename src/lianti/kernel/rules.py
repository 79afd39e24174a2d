"""The walls of the kernel's own tables."""

from lianti.kernel import personal
from lianti.kernel.models import AccessEvent, Answer, Audience, JournalEvent, Notice, OutboxTask, WorkItem
from lianti.kernel.personal import NAME, PHONE, Columns, Level, Personal
from lianti.kernel.walls import (
    EVERYONE,
    IN_OWN_NAME,
    IN_PERSON,
    MAKER,
    MOVES_RECORD,
    NOBODY,
    OPERATOR,
    SEES_RECORD,
    Closed,
    Open,
    Wall,
    Walls,
    either,
)

WALLS: Walls = (
    Open("kernel_tenant", "A label of an institution; the directory is everyone's.", "read insert change delete"),
    Open(
        "kernel_principal",
        "Stories name who did what; offices invite. Password and phone are read and written by functions alone.",
        "read insert change",
        hidden="password phone",
    ),
    Open("kernel_series", "Running numbers, shared by all.", "read insert change"),
    Closed("kernel_seal", "The journal is sealed by jobs."),
    Wall(
        Audience,
        read=EVERYONE,
        insert=MOVES_RECORD,
        change=MOVES_RECORD,
        delete=MOVES_RECORD,
        why="Keys only; whoever changes a record must find all who see it.",
    ),
    Wall(Answer, read=IN_PERSON, insert=IN_PERSON),
    Wall(JournalEvent, read=NOBODY, insert=IN_OWN_NAME),
    Wall(AccessEvent, read=NOBODY, insert=IN_OWN_NAME),
    Wall(
        WorkItem,
        read=either(MAKER, SEES_RECORD, OPERATOR),
        insert=MOVES_RECORD,
        change=either(MAKER, MOVES_RECORD, OPERATOR),
    ),
    Wall(Notice, read=IN_PERSON, change=IN_PERSON),
    # A job that a person asked for runs in the name it carries: nobody writes another's into it.
    Wall(OutboxTask, read=IN_PERSON, insert=either("{t}.principal_id IS NULL", IN_OWN_NAME), change=IN_OWN_NAME),
)

PERSONAL: personal.Declared = (
    Columns("kernel_tenant", "label"),
    Columns(
        "kernel_principal",
        "public_id kind language",
        {
            "name": NAME,
            "phone": PHONE,
            "password": Personal(Level.SECRET, "sign in", "until it is changed", "overwritten when it is changed"),
        },
    ),
    Columns("kernel_audience", "kind"),
    Columns("kernel_answer", "key body record"),
    Columns("kernel_journalevent", "kind record verb fields mac"),  # keyed hashes, no values
    Columns("kernel_seal", "digest mac"),
    Columns(
        "kernel_accessevent",
        "kind record",
        {"why": Personal(Level.WORK, "say why somebody looked", "as long as the log", "never: the log stays")},
    ),
    Columns("kernel_workitem", "kind verb roles"),
    Columns(
        "kernel_notice",
        "text_key kind record",
        {"params": Personal(Level.WORK, "fill the words of a notice", "as long as the inbox", "removed with its row")},
    ),
    Columns(
        "kernel_outboxtask",
        "name state unique lane role result",
        {
            "title": Personal(Level.WORK, "name a job to who asked", "as long as the job", "removed with its row"),
            "payload": Personal(Level.WORK, "tell a job what to do", "as long as the job", "removed with its row"),
            "error": Personal(Level.WORDS, "mend what failed", "as long as the job", "removed with its row"),
        },
    ),
    Columns("kernel_series", "name"),
)
