#!/usr/bin/python3
"""Runs outside checks against the built program: run.py [--mmx PATH] [NAME...], names without _test.py; none means all."""

import argparse
import os
import pathlib
import shutil
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def missing_tools():
    """A missing tool fails the suite: a check that does not run proves nothing."""
    needed = [name for name in ("ffprobe", "setpriv", "prlimit") if shutil.which(name) is None]
    needed += [str(path) for path in (pathlib.Path("/usr/lib/postgresql/15/bin/initdb"),) if not path.exists()]
    for module in ("psycopg2", "aiosmtpd"):
        try:
            __import__(module)
        except ImportError:
            needed.append(f"python3-{module}")
    return needed


def main():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--mmx", default=str(HERE.parents[1] / "build" / "dev" / "mmx"), help="the built program")
    reader.add_argument("-k", dest="patterns", action="append", help="only tests whose names hold this")
    reader.add_argument("names", nargs="*")
    arguments = reader.parse_args()
    if needed := missing_tools():
        sys.exit("these are needed and not installed: " + ", ".join(needed) + " (group [test] of packages.txt)")
    os.environ["MMX_PROGRAM"] = str(pathlib.Path(arguments.mmx).resolve())
    sys.path.insert(0, str(HERE))
    names = arguments.names or sorted(path.stem.removesuffix("_test") for path in HERE.glob("*_test.py"))
    loader = unittest.TestLoader()
    if arguments.patterns:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in arguments.patterns]
    suite = unittest.TestSuite(loader.loadTestsFromName(f"{name}_test") for name in names)
    if suite.countTestCases() == 0:
        sys.exit("no such test")
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    sys.exit(0 if result.wasSuccessful() and not result.skipped else 1)


if __name__ == "__main__":
    main()
