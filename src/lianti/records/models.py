"""What is one person's: files and forms in the middle of being entered, words looked for, views of lists."""

from typing import ClassVar

from django.db import models

from lianti.kernel.models import Principal, Tenant
from lianti.lib import ids


class _Passing(models.Model):
    """Something of one person's that is gone after a while."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new)
    principal = models.ForeignKey(Principal, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True


class UploadCode(_Passing):
    """Lets a telephone send files to one field of one person's form, once, without sign-in."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)  # SHA-256: the word itself stands in the picture alone
    address = models.CharField(max_length=400)
    field = models.CharField(max_length=80)
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)


class HeldFile(_Passing):
    """A file of a form that was not taken yet; the bytes lie in the file store."""

    address = models.CharField(max_length=400)  # path to which the form is sent
    field = models.CharField(max_length=80)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    code = models.ForeignKey(UploadCode, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["principal", "address"], name="records_held_of_form")]


class KeptForm(_Passing):
    """What was typed into a form that could not be taken because nobody was signed in any more."""

    browser = models.CharField(max_length=64)  # SHA-256 of a cookie: only this browser shows it again
    address = models.CharField(max_length=400)  # path and query to which the form is sent
    page = models.CharField(max_length=400)  # where the form stood
    data = models.JSONField()


class Sought(_Passing):
    """Words that somebody looked for: an address names the row, since names of people stand in no address."""

    words = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["principal", "words"], name="records_sought_once")]


class SavedView(models.Model):
    """What somebody asks a list again and again, under a name of their own, at one institution."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new)
    principal = models.ForeignKey(Principal, on_delete=models.CASCADE, related_name="+")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=80)  # RecordList.name
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)  # of the address: what is asked, and the order
    words = models.CharField(max_length=60, blank=True, default="")  # what is looked for; it stands in no address

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["principal", "tenant", "list", "name"], name="records_view_one_name")
        ]


class Meaning(models.Model):
    """What an institution's own tables call a column or a word of ours (records.taking_in)."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)  # of what is taken in
    said = models.CharField(max_length=200)
    means = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "code", "said"], name="records_meaning_one")]
