"""Small line icons, drawn here so that nothing has to be fetched."""

from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "todo": "M4 5.5h2m3 0h7M4 10h2m3 0h7M4 14.5h2m3 0h7",
    "network": "M10 3.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4M4.5 12.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4"
    "m11 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4"
    "M9 7.3l-3.4 5.4M11 7.3l3.4 5.4M6.5 14.5h7",
    "agreements": "M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5",
    "needs": "M10 17s-6.5-3.8-6.5-8.4A3.6 3.6 0 0 1 10 6.4a3.6 3.6 0 0 1 6.5 2.2C16.5 13.2 10 17 10 17z",
    "ledger": "M4 3.5h12v13H4zM4 8h12M9 8v8.5M11.5 5.8h2",
    "referrals": "M4 7h11m-3-3 3 3-3 3M16 13H5m3-3-3 3 3 3",
    "assessment": "M4 16.5h12M6 14V9m4 5V4.5M14 14v-3",
    "administration": "M10 3l6 2.2V10c0 3.6-2.6 6-6 7-3.4-1-6-3.4-6-7V5.2zM7.5 10l1.8 1.8 3.2-3.4",
    "inbox": "M3.5 11l2-6.5h9l2 6.5v5h-13zM3.5 11H7l1.2 2h3.6L13 11h3.5",
    "intake": "M5 3h7l3 3v11H5zM12 3v3h3M10 8v6m-2.3-2.3L10 14l2.3-2.3",
    "search": "M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4m3.7 8.7L16.5 16.5",
    "more": "M4 6h12M4 10h12M4 14h12",
    "people": "M10 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6M4 16.5c.6-3 2.9-4.5 6-4.5s5.4 1.5 6 4.5",
    "members": "M8 4a2.6 2.6 0 1 1 0 5.2A2.6 2.6 0 0 1 8 4M3 16c.4-2.9 2.2-4.3 5-4.3s4.6 1.4 5 4.3"
    "M13 4.4a2.4 2.4 0 0 1 0 4.5M14.6 12c1.5.6 2.3 1.9 2.5 4",
    "activities": "M4 4.5h12v11.5H4zM4 8h12M7.5 3v3M12.5 3v3M7.5 11.5l1.7 1.7 3.3-3.2",
    "arrow": "M3.5 10h13m-4-4 4 4-4 4",
}


def draw(name: str) -> SafeString:
    """Return an icon as inline SVG, hidden from readers of the words beside it; an unknown name draws a dot."""
    path = _PATHS.get(name, "M10 9a1 1 0 1 1 0 2 1 1 0 0 1 0-2")
    return mark_safe(
        '<svg class="icon" viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" '
        f'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{path}"/></svg>'
    )
