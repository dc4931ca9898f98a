"""The offline return kit (离线填报包): what its cells say, what it is known again by, how it is merged when it comes back."""
