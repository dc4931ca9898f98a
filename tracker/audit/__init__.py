"""Audit (审计): an append-only, hash-chained record of every act, written in the transaction of the act itself."""
