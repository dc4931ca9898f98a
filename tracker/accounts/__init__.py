"""Accounts (用户): people, the roles granted to them for a unit's subtree, sign-in, sessions, access checks."""
