"""Addresses of sign-in, of the institution acted for, and of members."""

from django.urls import path

from lianti.contexts.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/first-password/", views.first_password, name="first_password"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("acting/", views.acting, name="acting"),
    path("acting/accept/<ulid:public_id>/", views.accept, name="accept"),
    path("acting/decline/<ulid:public_id>/", views.decline, name="decline"),
    path("language/", views.language, name="language"),
    path("password/", views.password, name="password"),
    path("phone/", views.phone, name="phone"),
    path("people/", views.members, name="members"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<ulid:public_id>/", views.member, name="member"),
    path("people/<ulid:public_id>/reset-password/", views.reset_password, name="reset_password"),
    path("people/<ulid:public_id>/renew-code/", views.renew_code, name="renew_code"),
    path("people/<ulid:public_id>/ask-reset/", views.ask_reset, name="ask_reset"),
    path("people/<ulid:public_id>/change-phone/", views.change_phone, name="change_phone"),
    path("people/<ulid:public_id>/unlock/", views.unlock, name="unlock"),
    path("people/<ulid:public_id>/end/", views.end_membership, name="end_membership"),
]
