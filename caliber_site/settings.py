"""Every setting, its default and its check."""

import os
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import click
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
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


class SettingsError(SystemExit):
    """A setting is missing or malformed: ends the process with exit status 2.

    The line that names it is printed where this is raised. It is no ordinary exception because
    `flask --help` and servers would show that with a traceback.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(2)
        self.reason = reason


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
    return value


def _optional_web_address(value: str) -> str:
    return _web_address(value) if value else value


def _origin(value: str) -> str:
    value = _web_address(value).rstrip("/")
    host = value.partition("://")[2]
    if not _has_host(value) or set(host) & set("/?#@"):
        message = "must be scheme and host alone, such as https://news.example"
        raise ValueError(message)
    return value


def _has_host(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number, or too large
        return False


def _redis_url(value: str) -> str:
    if value and not (value.startswith(("redis://", "rediss://")) and _has_host(value)):
        message = "must be an address such as redis://localhost:6379/0"
        raise ValueError(message)
    return value


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


def _by_label(values: dict[str, str]) -> dict[str, str]:
    for label in values:
        if label not in BY_LABEL:
            message = f"knows no language {label!r}; languages are {', '.join(BY_LABEL)}"
            raise ValueError(message)
    return values


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


def _engine_of_the_database(value: str, info: ValidationInfo) -> str:
    if value == "postgres" and not info.data.get("database_url", "").startswith("postgresql"):
        message = "postgres needs a CALIBER_DATABASE_URL such as postgresql://db/caliber"
        raise ValueError(message)
    return value


def _channels(value: dict[str, dict[str, str] | str]) -> dict[str, dict[str, str] | str]:
    for name, address in value.items():
        if name not in CHANNELS:
            message = f"knows no channel {name!r}; channels are {', '.join(CHANNELS)}"
            raise ValueError(message)
        for one in _by_label(address).values() if isinstance(address, dict) else [address]:
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
        redis_url: Where limited attempts are counted; empty means in the database.
        time_zone: Where the paper's clock hangs.
        default_language: Label of the language for readers who name no other.
        site_name: Name of the paper.
        channels: Addresses of channels and apps, each one address or one per language label.
        terms: Terms line of the footer per language label; empty means the built-in one.
        proxies: How many proxies in front set X-Forwarded-For and -Proto.
        upload_limit: Largest upload in megabytes.
        search_engine: What finds editions: Whoosh, with an index in `data_dir`, or the PostgreSQL
            database, so that several machines share one index.
        page_cache: Megabytes of ready pages that each process keeps; 0 makes each page anew.
        purge_url: Where a cache in front is told that pages have changed; empty means that there
            is none.
        search_half_life: Days after which a search result has lost half of what being new gives it.
    """

    model_config = SettingsConfigDict(env_prefix="CALIBER_", frozen=True)

    secret_key: Annotated[SecretStr, AfterValidator(_long_secret)]
    site_url: Annotated[str, AfterValidator(_origin)]
    data_dir: Path = Path("instance")
    database_url: Annotated[str, AfterValidator(_database_url)] = ""
    redis_url: Annotated[str, AfterValidator(_redis_url)] = ""
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Baku"
    default_language: Annotated[str, AfterValidator(_language_label)] = "en"
    site_name: str = Field(default="Caliber", min_length=1, max_length=60)
    channels: Annotated[dict[str, dict[str, str] | str], AfterValidator(_channels)] = {}
    terms: Annotated[dict[str, str], AfterValidator(_by_label)] = {}
    proxies: int = Field(default=0, ge=0, le=5)
    upload_limit: int = Field(default=20, ge=1, le=200)
    search_engine: Annotated[
        Literal["whoosh", "postgres"], AfterValidator(_engine_of_the_database)
    ] = "whoosh"
    page_cache: int = Field(default=4, ge=0, le=4096)
    purge_url: Annotated[str, AfterValidator(_optional_web_address)] = ""
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
        SettingsError: A setting is missing or malformed; one line that names it was printed.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors()[0]
        reason = first["msg"].removeprefix("Value error, ")
        if first["type"] == "missing":
            reason = "is missing"
        raise refuse(str(first["loc"][0]), reason) from None
    except UnreadableSetting as error:
        raise refuse(str(error).split('"')[1], "must be a JSON object") from None


def make_data_dir(settings: Settings) -> None:
    """Make the folder of all state, unless it is there.

    Raises:
        SettingsError: It cannot be made or written in; one line that says so was printed.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse("data_dir", f"{settings.data_dir}: {error.strerror}") from None
    if not os.access(settings.data_dir, os.W_OK | os.X_OK):
        raise refuse("data_dir", f"{settings.data_dir} cannot be written in")


def refuse(name: str, reason: str) -> SettingsError:
    """Print what is wrong with a setting and return the error to raise.

    Args:
        name: Its name as an attribute of `Settings`.
        reason: What is wrong, in plain words.
    """
    line = f"CALIBER_{name.upper()}: {reason}"
    click.echo(f"Error: {line}", err=True)
    return SettingsError(line)
