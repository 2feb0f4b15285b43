"""Passwords: Argon2 hashes, with the library's present parameters."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 1000

hasher = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return hasher.hash("the password of nobody")


def hash_password(password: str) -> str:
    """Return the hash to keep of a password."""
    return hasher.hash(password)


def is_right(hashed: str | None, password: str) -> bool:
    """Return whether a password is the hashed one.

    Without a hash the same work is done, so that the time taken does not tell whose e-mail
    address is known.
    """
    try:
        return hasher.verify(hashed or _nobodys_hash(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(hashed)
