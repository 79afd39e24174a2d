"""The addresses of a kind of record: its list with what a list can do, its record with its moves."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from lianti.lib.web.doors import Request, door
from lianti.records import listing
from lianti.records.lists import RecordList
from lianti.records.matrix import Matrix
from lianti.records.pages import RecordPage


def of_list(lst: RecordList[Any], under: str = "") -> list[URLPattern]:
    """Return the addresses of a list: `under` is where it stands below its room."""
    name = lst.kind.names[0]

    @door()
    def show(request: Request) -> HttpResponse:
        return listing.show(request, lst)

    show.lst = lst  # type: ignore[attr-defined]  # a view that is saved says so by its address

    @door(methods=("POST",))
    def export(request: Request) -> HttpResponse:
        return listing.export(request, lst)

    @door(methods=("POST",))
    def bulk(request: Request) -> HttpResponse:
        return listing.bulk(request, lst)

    found = [path(under, show, name=name), path(f"{under}export/", export, name=f"{name}-export")]
    return [*found, path(f"{under}bulk/", bulk, name=f"{name}-bulk")] if lst.bulk else found


def of_matrix(matrix: Matrix[Any], under: str) -> list[URLPattern]:
    """Return the addresses of a page of rows and columns, and of its file; named as the matrix is within its room."""
    name = matrix.name.rpartition(".")[2]

    @door()
    def show(request: Request) -> HttpResponse:
        return matrix.show(request)

    @door(methods=("POST",))
    def export(request: Request) -> HttpResponse:
        return matrix.export(request)

    return [path(under, show, name=name), path(f"{under}export/", export, name=f"{name}-export")]


def of_record(page: RecordPage[Any], under: str = "") -> list[URLPattern]:
    """Return the addresses of a record and of its moves, where it has any."""
    name, move_name = page.kind.names[1:]

    @door()
    def show(request: Request, public_id: str) -> HttpResponse:
        return page.show(request, public_id)

    @door(methods=("POST",))
    def move(request: Request, public_id: str, name: str) -> HttpResponse:
        return page.move(request, public_id, name)

    found = [path(f"{under}<ulid:public_id>/", show, name=name)]
    return [*found, path(f"{under}<ulid:public_id>/moves/<slug:name>/", move, name=move_name)] if page.acts else found
