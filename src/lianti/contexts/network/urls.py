from django.urls import path

from lianti.contexts.network import views
from lianti.contexts.network.views import rule_sets
from lianti.records import addresses

app_name = "network"
urlpatterns = [
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/new/", views.new_institution, name="new_institution"),
    path("institutions/<ulid:public_id>/", views.institution, name="institution"),
    path("institutions/<ulid:public_id>/people/new/", views.new_person, name="new_person"),
    path("institutions/<ulid:public_id>/people/table/", views.people_table, name="people_table"),
    path("institutions/<ulid:public_id>/moves/<slug:name>/", views.move_institution, name="move_institution"),
    path("figures/<ulid:public_id>/confirm/", views.confirm_figure, name="confirm_figure"),
    path("relations/", views.relations, name="relations"),
    path("relations/new/", views.new_relation, name="new_relation"),
    path("relations/<ulid:public_id>/", views.relation, name="relation"),
    path("relations/<ulid:public_id>/moves/<slug:name>/", views.move_relation, name="move_relation"),
    path("people/<ulid:public_id>/", views.person, name="person"),
    path("people/<ulid:public_id>/moves/<slug:name>/", views.move_person, name="move_person"),
    path("doubts/<ulid:public_id>/", views.doubt, name="doubt"),
    path("doubts/<ulid:public_id>/moves/<slug:name>/", views.move_doubt, name="move_doubt"),
    path("rule-sets/new/", rule_sets.new_rule_set, name="new_rule_set"),
    path("rule-sets/shipped/<slug:use>/<slug:code>/", rule_sets.shipped_rules, name="shipped_rules"),
    *addresses.of_list(rule_sets.LIST, "rule-sets/"),
    *addresses.of_record(rule_sets.PAGE, "rule-sets/"),
]
