"""An activity and what hangs on it are seen by those who gave, received or took part."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope


class Migration(migrations.Migration):
    dependencies: ClassVar = [("activities", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = [
        scope.protect("activities_activity", scope.by_audience("activities.activity", "activities_activity")),
        scope.protect_child("activities_activitytransition", "activities_activity"),
        scope.protect_child("activities_activityreceiver", "activities_activity", "activity_id"),
        scope.protect_child("activities_activityparticipant", "activities_activity", "activity_id"),
        scope.protect_child("activities_activityperson", "activities_activity", "activity_id"),
        scope.protect_child("activities_activityaccount", "activities_activity", "activity_id"),
        scope.protect_child("activities_activityfile", "activities_activity", "activity_id"),
    ]
