"""Memberships and sign-in."""

from django.utils.translation import gettext_lazy as _

from lianti.lib import rooms


class AccountsConfig(rooms.Room):
    """Shows the members' page in the navigation and tells notices who holds a role."""

    name = "lianti.contexts.accounts"
    label = "accounts"

    def show(self) -> None:
        from django.urls import reverse

        from lianti.contexts.accounts import labels, queries
        from lianti.kernel import notices, outbox
        from lianti.lib.roles import Role
        from lianti.lib.web import navigation

        navigation.register(
            "members",
            _("Members"),
            "accounts:members",
            roles={Role.ADMINISTRATOR, Role.COORDINATOR, Role.OFFICE},
            order=90,
            letter="m",
            under="administration",
        )
        for key, text in labels.NOTICES.items():
            notices.register_text(key, text)
        notices.register_link(
            "accounts.membership", lambda public_id: f"{reverse('accounts:acting')}?about={public_id}"
        )
        notices.resolve_by(queries.recipients)
        outbox.seats_by(queries.seat)
