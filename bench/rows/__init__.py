"""One file a row; `bench.listed` has them in their order. Nothing is imported here: a case loads its own row alone."""
