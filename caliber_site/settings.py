"""Every setting, its default and its check."""

from importlib import import_module
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import click
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableSetting
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from caliber_site.languages import BY_LABEL

SECRET_LENGTH = 16
DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
"""Databases as addresses name them, and as SQLAlchemy does."""

CHANNELS = ("twitter", "youtube", "instagram", "facebook", "telegram", "app_store", "play_market")


class SettingsError(click.ClickException):
    """A setting is missing or malformed; shown as one line, exit status 2."""

    exit_code = 2


def _long_secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < SECRET_LENGTH:
        message = f"must have at least {SECRET_LENGTH} characters"
        raise ValueError(message)
    return value


def _web_address(value: str) -> str:
    scheme, _, host = value.partition("://")
    if scheme not in {"http", "https"} or not host or any(c.isspace() for c in host):
        message = "must be a web address such as https://news.example"
        raise ValueError(message)
    return value.rstrip("/")


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        message = "must be a time zone such as Asia/Baku"
        raise ValueError(message)
    return value


def _language_label(value: str) -> str:
    if value not in BY_LABEL:
        message = f"must be one of {', '.join(BY_LABEL)}"
        raise ValueError(message)
    return value


def _database_url(value: str) -> str:
    if not value:
        return value
    try:
        url = make_url(value)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in DRIVERS:
        message = "must be such as sqlite:////srv/caliber/caliber.sqlite or postgresql://db/caliber"
        raise ValueError(message)
    url = url.set(drivername=DRIVERS[url.drivername])
    if url.get_backend_name() == "postgresql":
        _import_psycopg()
    return url.render_as_string(hide_password=False)


def _import_psycopg() -> None:
    try:
        import_module("psycopg")
    except ImportError:
        message = "PostgreSQL needs psycopg: pip install 'caliber-site[postgres]'"
        raise ValueError(message) from None


def _channels(value: dict[str, dict[str, str] | str]) -> dict[str, dict[str, str] | str]:
    for name, address in value.items():
        if name not in CHANNELS:
            message = f"knows no channel {name!r}; channels are {', '.join(CHANNELS)}"
            raise ValueError(message)
        for one in address.values() if isinstance(address, dict) else [address]:
            _web_address(one)
    return value


class Settings(BaseSettings):
    """What an operator sets, read from environment variables named `CALIBER_…`.

    Attributes:
        secret_key: Signs sessions and form tokens.
        site_url: Public address of the site, without a trailing slash.
        data_dir: The one folder with all state.
        database_url: Address of an SQLite or PostgreSQL database; empty means SQLite in
            `data_dir`.
        redis_url: Shared counters of limited attempts; empty means in the process.
        time_zone: Where the paper's clock hangs.
        default_language: Label of the language for readers who name no other.
        site_name: Name of the paper.
        channels: Addresses of channels and apps, each one address or one per language label.
        terms: Terms line of the footer per language label; empty means the built-in one.
        proxies: How many proxies in front set X-Forwarded-For and -Proto.
        upload_limit: Largest upload in megabytes.
        search_half_life: Days after which a search result has lost half of what being new gives it.
    """

    model_config = SettingsConfigDict(env_prefix="CALIBER_", frozen=True)

    secret_key: Annotated[SecretStr, AfterValidator(_long_secret)]
    site_url: Annotated[str, AfterValidator(_web_address)]
    data_dir: Path = Path("instance")
    database_url: Annotated[str, AfterValidator(_database_url)] = ""
    redis_url: str = Field(default="", pattern=r"^$|^rediss?://")
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Baku"
    default_language: Annotated[str, AfterValidator(_language_label)] = "en"
    site_name: str = Field(default="Caliber", min_length=1, max_length=60)
    channels: Annotated[dict[str, dict[str, str] | str], AfterValidator(_channels)] = {}
    terms: dict[str, str] = {}
    proxies: int = Field(default=0, ge=0, le=5)
    upload_limit: int = Field(default=20, ge=1, le=200)
    search_half_life: float = Field(default=90, ge=0.1, le=36500)

    @property
    def zone(self) -> ZoneInfo:
        """Return the paper's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def uploads_dir(self) -> Path:
        """Return the folder of pictures."""
        return self.data_dir.absolute() / "uploads"

    @property
    def index_dir(self) -> Path:
        """Return the folder of the search index."""
        return self.data_dir.absolute() / "index"

    @property
    def database(self) -> str:
        """Return the SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'caliber.sqlite'}"

    def channel(self, name: str, label: str) -> str | None:
        """Return the address of a channel for readers of a language, if there is one."""
        address = self.channels.get(name)
        return address.get(label) if isinstance(address, dict) else address


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: A setting is missing or malformed; the message is one line that names it.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        if first["type"] == "missing":
            reason = "is missing"
        raise SettingsError(f"CALIBER_{name}: {reason}") from None
    except UnreadableSetting as error:
        name = str(error).split('"')[1].upper()
        raise SettingsError(f"CALIBER_{name}: must be a JSON object") from None
