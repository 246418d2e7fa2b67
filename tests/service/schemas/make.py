#!/usr/bin/python3
"""Writes what a release leaves in its database, for the check of upgrades: make.py RELEASE [--mmx PATH].

Run once, when a release is made: upgrade_test.py starts every later program on these files. Needs sqlite3 and pg_dump."""

import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))


def fill(service):
    """An account with credits, a finished, renamed song, one that was cancelled, and an event of each kind."""
    client = service.client()
    service.expect(service.register(client, email="kept@example.com", password="a password kept for years",
                                    name="Kept for years"), 202)
    service.expect(client.post("auth/verify", {"token": service.mail(client.email).token}), 200, 204)
    service.expect(client.log_in(client.email, client.password), 200)
    account = service.sql("SELECT id FROM accounts WHERE email = ?", client.email)[0][0]
    service.expect(service.admin().post(f"admin/users/{account}/credits", {"amount": 20, "reason": "a gift"}), 200)
    song = service.song(client, title="Before", prompt="quiet piano by the sea")
    service.expect(client.patch(f"songs/{song['id']}", {"title": "Written before", "pinned": True}), 200)
    other = service.expect(service.order(client, prompt="never finished", duration_seconds=120), 202).json["id"]
    service.expect(client.post(f"songs/{other}/cancel"), 200, 202, 204)
    service.wait_for_song(client, other, states=("cancelled",))
    service.expect(client.post("auth/logout"), 200, 204)


def main():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("release")
    reader.add_argument("--mmx", default=str(HERE.parents[2] / "build" / "dev" / "mmx"))
    arguments = reader.parse_args()
    os.environ["MMX_PROGRAM"] = str(pathlib.Path(arguments.mmx).resolve())
    import postgres
    from mmx_service import DATABASES, MASTER_KEY, Service
    folder = HERE / arguments.release
    folder.mkdir()
    for database in DATABASES:
        service = Service(database, environment={"MMX_MASTER_KEY": MASTER_KEY})
        try:
            service.start()
            fill(service)
            service.stop()
            if database == "sqlite":
                command = ["sqlite3", str(service.sqlite_file()), ".dump"]
            else:
                command = [str(postgres.BIN / "pg_dump"), "--inserts", "--no-owner", "--no-privileges", service.url]
            text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            (folder / f"{database}.sql").write_text(text)
        finally:
            service.close()


if __name__ == "__main__":
    main()
