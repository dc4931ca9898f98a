"""Admin (管理): who runs the place: people and roles, units, the calendar, the audit record."""
