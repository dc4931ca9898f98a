"""How an attempt to send may end otherwise than well."""

from __future__ import annotations


class Undelivered(Exception):
    """It was not delivered, or, where `perhaps`, nobody knows. `fault` says why, for whoever runs the place."""

    def __init__(self, fault: str, *, perhaps: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault[:500]
        self.perhaps = perhaps
