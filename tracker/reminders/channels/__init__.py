"""How a sending leaves the application: by letter, or to a robot. No database: what is to be sent is given."""
