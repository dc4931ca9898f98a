"""What is measured: each row against its own floor, in the same run, on the same machine."""
