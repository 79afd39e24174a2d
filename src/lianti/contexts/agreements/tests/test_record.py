"""What every kind of record is held to, of agreements, promises and goals."""

from lianti.contexts.agreements import services, views
from lianti.contexts.agreements.domain import GoalFacts
from lianti.contexts.agreements.models import Agreement, Commitment, Goal
from lianti.contexts.agreements.tests.builders import an_agreement, promise, promised
from lianti.kernel import scope
from tests.cast import AT, Cast
from tests.records import DeclarationTests, RecordTests


class TestAgreements(DeclarationTests, RecordTests):
    LIST, PAGE = views.LIST, views.PAGE

    def make(self, cast: Cast) -> Agreement:
        return an_agreement(cast)


class TestPromises(DeclarationTests, RecordTests):
    LIST, PAGE = views.PROMISES, views.PROMISE_PAGE

    def make(self, cast: Cast) -> Commitment:
        return promise(cast, promised(cast), an_agreement(cast))


class TestGoals(DeclarationTests, RecordTests):
    LIST, PAGE = views.GOALS, views.GOAL_PAGE
    PARTIES = ("supporting", "county", "authority")

    def make(self, cast: Cast) -> Goal:
        office = cast.supporting.office
        with scope.acting(office):
            goal = GoalFacts(cast.relation.pk, "accreditation", "创建三级医院")
            return services.set_goal(actor=office, at=AT, key=None, goal=goal)
