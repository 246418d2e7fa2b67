"""A look into a service's database and folder: to age rows in place of clocks, and to search for what must not be there."""

import sqlite3
import time

import postgres


class Inside:
    """Part of Service; needs database ("sqlite" or "postgresql"), data (the folder) and name (of the database)."""

    def sqlite_file(self):
        return self.data / "mmx.db"

    def sql(self, text, *parameters):
        """Rows of a query, or [] of a statement; '?' marks parameters on both databases."""
        if self.database == "sqlite":
            connection = sqlite3.connect(self.sqlite_file(), timeout=20, isolation_level=None)
            try:
                return connection.execute(text, parameters).fetchall()
            finally:
                connection.close()
        # Rows aged from outside are locked in any order, so the service may be met halfway: like the service, we try again.
        for attempt in range(5):
            connection = postgres.server().connect(self.name)
            try:
                cursor = connection.cursor()
                cursor.execute(text.replace("?", "%s"), parameters)
                return cursor.fetchall() if cursor.description else []
            except Exception as fault:
                if getattr(fault, "pgcode", None) != "40P01" or attempt == 4:
                    raise
            finally:
                connection.close()

    def tables(self):
        if self.database == "sqlite":
            rows = self.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        else:
            rows = self.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
                            "AND table_type = 'BASE TABLE'")
        return sorted(name for name, in rows)

    def rows_of(self, table):
        """Each row of a table as a text of all its values."""
        return [" | ".join(bytes(v).hex() if isinstance(v, (bytes, memoryview)) else str(v) for v in row)
                for row in self.sql(f'SELECT * FROM "{table}"')]

    def found_at_rest(self, secret, but=(), rows_only=False):
        """Where a text lies: tables' rows and files of the data folder, the outbox aside (it stands for the post). With
        `but` (tables that may hold it for a while), or rows_only, the database's own files are not searched: deleted rows stay
        in them until the space is used again."""
        places = [table for table in self.tables() if table not in but
                  and any(secret in row for row in self.rows_of(table))]
        for path in self.data.rglob("*") if self.data.exists() else ():
            name = str(path.relative_to(self.data))
            if not path.is_file() or "outbox" in path.parts or ((but or rows_only) and name.startswith("mmx.db")):
                continue
            try:
                held = path.read_bytes()
            except FileNotFoundError:  # swept since it was listed
                continue
            if secret.encode() in held:
                places.append(name)
        return places

    def now_ms(self):
        return int(time.time() * 1000)
