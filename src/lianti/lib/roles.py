"""The one list of roles. A principal acts in one role at one institution at a time."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the institution they act for (product.md, 'Who uses it')."""

    OFFICE = "office"
    COORDINATOR = "coordinator"
    CLINICIAN = "clinician"
    EXPERT = "expert"
    DEPARTMENT_HEAD = "department_head"
    LEADER = "leader"
    HEALTH_AUTHORITY = "health_authority"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    # Not given to people: the holder of a one-time link, and jobs.
    LINK = "link"
    SYSTEM = "system"


MEMBER_ROLES = frozenset(Role) - {Role.LINK, Role.SYSTEM}
# Those who do the network's paper work for an institution.
DESK = frozenset({Role.OFFICE, Role.COORDINATOR})
EVERYONE = MEMBER_ROLES - {Role.AUDITOR, Role.ADMINISTRATOR}
