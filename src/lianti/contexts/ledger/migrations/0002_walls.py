"""Giver and receiver see an entry; an authority sees what was laid before it or published to it."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = [
        scope.protect("ledger_account", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant() OR tenant_id = lianti_tenant()"),
        scope.protect_child("ledger_accounttransition", "ledger_account"),
        scope.protect_child("ledger_accountsum", "ledger_account", "account_id"),
        scope.protect("ledger_entry", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant() OR arbiter_id = lianti_tenant()"),
        scope.protect_child("ledger_entrytransition", "ledger_entry"),
        scope.protect_child("ledger_entryperson", "ledger_entry", "entry_id"),
        scope.protect_child("ledger_posting", "ledger_entry", "entry_id"),
        scope.protect("ledger_relationsum", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant()"),
        scope.protect("ledger_monthsheet", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant()"),
        scope.protect_child("ledger_sheettransition", "ledger_monthsheet"),
        scope.protect("ledger_sheetprint", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant()"),
        scope.protect_child("ledger_printtransition", "ledger_sheetprint"),
        # The token names the receiver, in whose scope a one-time link is looked up; the row holds only hashes.
        scope.protect("ledger_link", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant()"),
        scope.protect_child("ledger_linktransition", "ledger_link"),
        scope.protect("ledger_closing", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant()"),
        scope.protect_child("ledger_closingtransition", "ledger_closing"),
        scope.protect("ledger_spotcheck", "giver_id = lianti_tenant() OR receiver_id = lianti_tenant() OR judge_id = lianti_tenant()"),
        scope.protect_child("ledger_checktransition", "ledger_spotcheck"),
        scope.protect("ledger_publication", "tenant_id = lianti_tenant() OR authority_id = lianti_tenant()"),
        scope.protect_child("ledger_publicationtransition", "ledger_publication"),
    ]
