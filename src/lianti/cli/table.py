"""The list of commands, one line each. No Django and no third party here: `./lianti` reads it before set-up."""

from dataclasses import dataclass

BUILDERS, OPERATORS = "For builders", "For operators"


@dataclass(frozen=True)
class Command:
    """One command: its name (also its module), who uses it, what it does, and what must be set up."""

    name: str
    group: str
    says: str
    dev: bool = False  # needs the tools of requirements-dev.lock
    browser: bool = False  # needs the files for the browser

    @property
    def module(self) -> str:
        return f"lianti.cli.{self.name}"


COMMANDS = (
    Command("demo", BUILDERS, "try it: an invented network on this machine, kept in a folder", browser=True),
    Command("test", BUILDERS, "run all tests, on SQLite and on PostgreSQL", dev=True, browser=True),
    Command("lint", BUILDERS, "check style, types and the order of imports", dev=True),
    Command("fix", BUILDERS, "mend what the style tools can mend", dev=True),
    Command("docs", BUILDERS, "write the generated pages of docs/"),
    Command("bench", BUILDERS, "measure: ./lianti bench NAME --json", dev=True, browser=True),
    Command("messages", BUILDERS, "gather and compile the texts of both languages"),
    Command("new", BUILDERS, "write a new room: ./lianti new CONTEXT RECORD [--into FOLDER]", dev=True),
    Command("lock", BUILDERS, "write the lock files anew from pyproject.toml and package.json", dev=True),
    Command("init", OPERATORS, "make a site of your own: folder, keys, database, first administrator"),
    Command("migrate", OPERATORS, "bring the database up to date; on PostgreSQL make the roles"),
    Command("web", OPERATORS, "serve the pages", browser=True),
    Command("worker", OPERATORS, "deliver notices and run jobs"),
    Command("check", OPERATORS, "check settings, database and journal key, without changing anything"),
    Command("load", OPERATORS, "load networks from files: ./lianti load FILE… [--dry-run]"),
    Command("tell", OPERATORS, "write what one institution sent as such a file: ./lianti tell CODE [--out FILE]"),
    Command("intake", OPERATORS, "read documents: ./lianti intake FILE… --json DIR"),
    Command("invite", OPERATORS, "let somebody sign in: the first administrator, or anybody after a load"),
    Command("reset", OPERATORS, "reset somebody's password, where no second administrator is there to do it"),
    Command("extra", OPERATORS, "add what most sites do without: ./lianti extra pdf"),
    Command("journal", OPERATORS, "verify, seal or export the journal"),
)


def find(name: str) -> Command | None:
    """Return the command of this name, or None."""
    return next((command for command in COMMANDS if command.name == name), None)


def listing() -> str:
    """Return the list of commands for people."""
    lines = ["Usage: ./lianti COMMAND [options]      (./lianti COMMAND --help tells more)"]
    for group in (BUILDERS, OPERATORS):
        lines += ["", f"{group}:"]
        lines += [f"  {command.name:<10}{command.says}" for command in COMMANDS if command.group == group]
    return "\n".join(lines)
