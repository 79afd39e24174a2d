"""A relation is seen by its parties and its authority; institutions and people are a directory."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope


class Migration(migrations.Migration):
    dependencies: ClassVar = [("network", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = [
        scope.protect("network_relation", scope.by_audience("network.relation", "network_relation")),
        scope.protect_child("network_relationtransition", "network_relation"),
        scope.protect_child("network_relationmember", "network_relation", "relation_id"),
        scope.protect_child("network_relationspecialty", "network_relation", "relation_id"),
    ]
