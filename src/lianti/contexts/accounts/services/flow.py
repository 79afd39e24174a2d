"""The workflow of memberships, bound to its tables."""

from lianti.contexts.accounts.models import Membership, MembershipTransition
from lianti.contexts.accounts.rules import TABLE
from lianti.contexts.accounts.states import MEMBERSHIP
from lianti.kernel.workflow import engine

MEMBERSHIP_FLOW = engine.Flow(spec=MEMBERSHIP, record=Membership, transitions=MembershipTransition, table=TABLE)
