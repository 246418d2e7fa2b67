"""The base of every suite: a service of its own, once on each database."""

import datetime
import json
import sys
import unittest

from mmx_service import DATABASES, Service

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS


class Checks:
    """Base of the suites. Each class decorated with on_both_databases runs once on each."""

    database = None
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.service = Service(cls.database, **cls.settings)
        cls.addClassCleanup(cls.service.close)
        cls.service.start()

    def expect(self, answer, *statuses):
        self.assertIn(answer.status, statuses, answer)
        return answer

    def expect_field(self, answer, field):
        """422 as problem details that name the field at fault."""
        self.assertEqual(answer.status, 422, answer)
        self.assertEqual(answer.header("Content-Type").split(";")[0], "application/problem+json")
        self.assertIn(field, json.dumps(answer.json), "the answer names the field")
        return answer


def on_both_databases(checks):
    module = sys.modules[checks.__module__]
    for database in DATABASES:
        name = f"{checks.__name__}_on_{database}"
        setattr(module, name, type(name, (checks, unittest.TestCase), {"database": database,
                                                                      "__module__": checks.__module__}))
    return checks


def utc_today():
    return datetime.datetime.now(datetime.timezone.utc).date()
