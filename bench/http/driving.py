"""Driving a server: by wrk, or by aiohttp where there is no wrk."""

import shutil

from bench.http import client, wrk

drive = wrk.drive if shutil.which("wrk") else client.drive
