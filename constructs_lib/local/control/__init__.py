"""How other programs of this machine ask a running environment: a socket in the user's cache folder."""
