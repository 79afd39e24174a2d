"""How people speak of the rota."""

from django.utils.translation import pgettext_lazy

from lianti.lib.errors import Sentence

ROTA_VIEWS: dict[str, Sentence] = {
    "places": pgettext_lazy("rota", "Receiving hospitals by month"),
    "departments": pgettext_lazy("rota", "Home departments by month"),
    "people": pgettext_lazy("rota", "People by year"),
    "doubles": pgettext_lazy("rota", "What is double"),
}
ROTA_ROWS: dict[str, Sentence] = {
    "places": pgettext_lazy("rota", "Receiving hospital"),
    "departments": pgettext_lazy("rota", "Department at home"),
    "people": pgettext_lazy("rota", "Person"),
    "doubles": pgettext_lazy("rota", "Person"),
}
