"""Parties see their papers and promises."""

from typing import ClassVar

from django.db import migrations

from lianti.kernel import scope


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0001_initial"), ("kernel", "0002_walls")]
    operations: ClassVar = [
        scope.protect("agreements_agreement", scope.by_audience("agreements.agreement", "agreements_agreement")),
        scope.protect_child("agreements_agreementtransition", "agreements_agreement"),
        scope.protect_child("agreements_agreementparty", "agreements_agreement", "agreement_id"),
        scope.protect_child("agreements_agreementfile", "agreements_agreement", "agreement_id"),
        scope.protect("agreements_commitment", scope.by_audience("agreements.commitment", "agreements_commitment")),
        scope.protect_child("agreements_commitmenttransition", "agreements_commitment"),
        scope.protect("agreements_goal", scope.by_audience("agreements.goal", "agreements_goal")),
        scope.protect_child("agreements_goaltransition", "agreements_goal"),
        scope.protect("agreements_reviewarea", scope.by_audience("agreements.review_area", "agreements_reviewarea")),
        scope.protect_child("agreements_reviewareatransition", "agreements_reviewarea"),
        scope.protect("agreements_plan", scope.by_audience("agreements.plan", "agreements_plan")),
        scope.protect_child("agreements_plantransition", "agreements_plan"),
    ]
