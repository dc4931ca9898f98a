"""Who may open what, in one place: every route with its roles. A route that is not listed fails the test beside this.

Change a line here only together with the page, and only after asking who it is for: this list is what people who answer
for the system read. For which units a role counts is decided by the queries; see `docs/permissions.md`.
"""

from __future__ import annotations

from tracker.accounts.roles import PUBLIC, SIGNED_IN

ACCESS: dict[str, set[str]] = {
    "accounts.change_password": {SIGNED_IN},  # POST /account/password
    "accounts.open_session": {PUBLIC},  # POST /sign-in
    "accounts.password": {SIGNED_IN},  # GET /account/password
    "accounts.set_language": {PUBLIC},  # POST /language/<locale>
    "accounts.sign_in": {PUBLIC},  # GET /sign-in
    "accounts.sign_out": {SIGNED_IN},  # POST /sign-out
}
