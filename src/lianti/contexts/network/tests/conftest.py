"""A small standing cast for the network's own tests: two bound hospitals, an authority and a stranger."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from lianti.contexts.network import services
from lianti.contexts.network.models import Institution
from lianti.kernel import scope
from lianti.kernel.models import Principal, Tenant
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@dataclass
class Cast:
    """Who stands in the network's tests."""

    system: Actor
    city: Institution
    county: Institution
    authority: Institution
    stranger: Institution

    def actor(self, institution: Institution, role: Role = Role.OFFICE) -> Actor:
        """Return somebody acting for an institution in a role."""
        name = f"{institution.code}-{role}"[:20]
        principal, _made = Principal.objects.get_or_create(phone=name, defaults={"name": name})
        return Actor(principal_id=principal.pk, tenant_id=institution.pk, role=role)

    def relation_draft(self, **given: object) -> services.RelationDraft:
        """Return a relation of the two hospitals under the authority."""
        facts: dict[str, object] = {
            "name": "南山对口支援",
            "behaviour": "paired_assistance",
            "lead_id": self.city.pk,
            "member_ids": (self.county.pk,),
            "authority_id": self.authority.pk,
        }
        return services.RelationDraft(**(facts | given))  # type: ignore[arg-type]


@pytest.fixture
def net(db: None) -> Cast:
    with scope.system():
        principal = Principal.objects.create(kind=Principal.Kind.JOB, name="setup")
        platform = Tenant.objects.create(label="platform")
        system = Actor(principal_id=principal.pk, tenant_id=platform.pk, role=Role.SYSTEM)

        def enter(code: str, name: str, kind: str = "hospital") -> Institution:
            draft = services.InstitutionDraft(code=code, name=name, kind=kind, region="云岭省/南山市")
            return services.create_institution(actor=system, at=AT, key=None, institution=draft)

        return Cast(
            system=system,
            city=enter("CITY", "南山市第一医院"),
            county=enter("COUNTY", "白水县人民医院"),
            authority=enter("HEALTH", "南山市卫生健康委员会", "health_authority"),
            stranger=enter("OTHER", "远江县人民医院"),
        )
