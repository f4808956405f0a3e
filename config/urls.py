"""Every address of the product; each app names its own."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

# Of allauth's addresses only those that an office uses: nobody signs up by himself here, and a
# forgotten password is the administrator's business.
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
]

urlpatterns = [
    path("accounts/", include(accounts)),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("", include("workflow.urls")),
]

handler400 = "workflow.views.refusals.bad_request"
handler403 = "workflow.views.refusals.permission_denied"
handler404 = "workflow.views.refusals.page_not_found"
handler429 = "workflow.views.refusals.too_many_requests"
handler500 = "workflow.views.refusals.server_error"
