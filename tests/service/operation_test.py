"""What an operator sees: health, metrics, settings and their order, reloading, doctor, migrate, admin."""

import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess

from checks import Checks, on_both_databases
from mailbox_reader import wait_until
from mmx_service import Service
from process import program


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@on_both_databases
class Operation(Checks):
    @classmethod
    def setUpClass(cls):
        cls.metrics_port = free_port()
        cls.settings = {"workers": 0, "environment": {"MMX_METRICS_LISTEN": f"127.0.0.1:{cls.metrics_port}"}}
        super().setUpClass()

    def run_mmx(self, *arguments, service=None, input_text="", **environment):
        service = service or self.service
        return subprocess.run([program(), *arguments, "--data", str(service.data)], env={**service.environment, **environment},
                              input=input_text, capture_output=True, text=True, timeout=60)

    def test_P50_health_and_readiness_are_told_without_a_session(self):
        visitor = self.service.client()
        for path in ("/healthz", "/readyz"):
            answer = self.expect(visitor.get(path), 200)
            self.assertLess(len(answer.body), 100)

    def test_P50_metrics_have_a_loopback_listener_of_their_own(self):
        self.expect(self.service.client().get("/metrics"), 404)
        connection = http.client.HTTPConnection("127.0.0.1", self.metrics_port, timeout=5)
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        text = answer.read().decode()
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.getheader("Content-Type").startswith("text/plain"))
        self.assertIn("mmx_", text)
        for line in text.splitlines():
            if not line.startswith("#") and line:
                float(line.rsplit(" ", 1)[1])
        self.assertNotIn("@", text)
        bad = Service(self.database, workers=0, environment={"MMX_METRICS_LISTEN": "0.0.0.0:0"})
        self.addCleanup(bad.close)
        with self.assertRaises(AssertionError):
            bad.start()

    def test_P50_flags_stand_over_environment_over_file(self):
        service = Service(self.database, workers=0, config='terms_version = "from-file"\nbcrypt_cost = 5\n')
        self.addCleanup(service.close)
        del service.environment["MMX_TERMS_VERSION"]
        service.start()
        self.assertEqual(service.client().get("plans").json["terms_version"], "from-file")
        service.admin()
        made = service.sql("SELECT password_hash FROM accounts")[0][0]
        self.assertTrue(made.startswith("$2b$04$"), "the environment's 4 stands over the file's 5")
        service.stop()
        service.environment["MMX_TERMS_VERSION"] = "from-environment"
        service.start()
        self.assertEqual(service.client().get("plans").json["terms_version"], "from-environment")
        service.stop()
        service.flags = ["--terms-version", "from-flag"]
        service.start()
        self.assertEqual(service.client().get("plans").json["terms_version"], "from-flag")

    def test_P50_wrong_settings_are_named_and_end_with_status_2(self):
        config = self.service.folder / "wrong.toml"
        config.write_text('no_such_setting = 1\n')
        answer = self.run_mmx("serve", "--config", str(config))
        self.assertEqual((answer.returncode, "no_such_setting" in answer.stderr), (2, True), answer.stderr)
        answer = self.run_mmx("serve", MMX_BCRYPT_COST="40")
        self.assertEqual((answer.returncode, "MMX_BCRYPT_COST" in answer.stderr), (2, True), answer.stderr)
        answer = self.run_mmx("serve", "--workers", "many")
        self.assertEqual((answer.returncode, "--workers" in answer.stderr), (2, True), answer.stderr)
        answer = self.run_mmx("serve", "--master-key", "55" * 32)
        self.assertEqual(answer.returncode, 2, "a secret on a command line can be read by all")

    def test_P49_secrets_come_from_files_too(self):
        if self.database == "sqlite":
            self.assertEqual(self.run_mmx("doctor", MMX_SMTP_PASSWORD_FILE="/nonexistent").returncode, 2)
            return
        service = Service(self.database, workers=0)
        self.addCleanup(service.close)
        key = service.folder / "key"
        key.write_text(service.environment.pop("MMX_MASTER_KEY") + "\n")
        service.environment["MMX_MASTER_KEY_FILE"] = str(key)
        service.start()
        self.assertTrue(service.is_healthy())

    def test_P24_SIGHUP_reads_plans_anew_and_a_broken_file_changes_nothing(self):
        plan = ('[cost]\ncredits_per_started_minute = 1\n[[plan]]\nid = "free"\nname = "{}"\nprice = "free"\ndaily_generations = 7\nmonthly_generations = 9\n'
                'monthly_credits = 5\nstorage_mb = 10\nlongest_song_seconds = 60\nparallel_jobs = 1\nformats = ["flac"]\n')
        service = Service(self.database, workers=0, plans=plan.format("Before"))
        self.addCleanup(service.close)
        service.start()
        service.expects_errors = True
        file, visitor = service.folder / "plans.toml", service.client()
        name = lambda: visitor.get("plans").json["plans"][0]["name"]  # noqa: E731
        self.assertEqual(name(), "Before")
        file.write_text(plan.format("After"))
        service.process.process.send_signal(signal.SIGHUP)
        wait_until(lambda: name() == "After", "the new plans")
        file.write_text("[[plan]]\nid = 5\n")
        before = len(service.process.log)
        service.process.process.send_signal(signal.SIGHUP)
        wait_until(lambda: len(service.process.log) > before, "a line about the broken file")
        self.assertEqual(name(), "After")

    def test_P50_an_administrator_can_be_made_on_the_command_line(self):
        service = Service(self.database, workers=0)
        self.addCleanup(service.close)
        service.start()
        token = service.setup_link()[1]
        password = "given on standard input"
        made = self.run_mmx("admin", "create", "--email", "root@example.com", "--display-name", "Root", service=service,
                            input_text=password + "\n")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertNotIn(password, made.stdout + made.stderr)
        client = service.client()
        self.expect(client.log_in("root@example.com", password), 200)
        self.assertEqual(client.get("me").json["role"], "administrator")
        late = service.client().post("setup", {"token": token, "email": "late@example.com", "display_name": "Late",
                                               "password": "words that come too late"})
        self.expect(late, 409, 422)  # the link is dead once an administrator exists
        again = self.run_mmx("admin", "create", "--email", "root@example.com", "--display-name", "Root", service=service,
                             input_text=password + "\n")
        self.assertNotEqual(again.returncode, 0)
        short = self.run_mmx("admin", "create", "--email", "r2@example.com", "--display-name", "Root", service=service,
                             input_text="short\n")
        self.assertNotEqual(short.returncode, 0)

    def test_P50_doctor_finds_nothing_wrong_with_a_running_service(self):
        self.service.admin()
        told = self.run_mmx("doctor")
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr)
        self.assertGreater(len(told.stdout.splitlines()), 2)

    def test_P52_doctor_finds_a_ledger_that_does_not_add_up(self):
        service = Service(self.database, workers=0)
        self.addCleanup(service.close)
        service.start()
        account = service.account()
        service.admin()
        self.expect(account.get("me/credits"), 200)
        self.assertEqual(self.run_mmx("doctor", service=service).returncode, 0)
        service.sql("UPDATE balances SET balance = balance + 5 WHERE account_id = ?", account.id)
        self.assertNotEqual(self.run_mmx("doctor", service=service).returncode, 0)

    def test_P51_doctor_refuses_servers_with_folders_of_their_own_for_audio(self):
        if self.database == "sqlite":
            return  # one machine has one folder
        first = Service("postgresql", workers=0)
        self.addCleanup(first.close)
        first.start().admin()
        self.assertEqual(self.run_mmx("doctor", service=first).returncode, 0)
        apart = Service("postgresql", workers=0, like=first)
        self.addCleanup(apart.close)
        apart.data = apart.folder / "another"
        apart.start()
        told = self.run_mmx("doctor", service=first)
        self.assertNotEqual(told.returncode, 0, told.stdout)

    def test_P52_migrate_is_repeatable_and_a_newer_schema_is_refused(self):
        service = Service(self.database, workers=0)
        self.addCleanup(service.close)
        for _ in range(2):
            done = self.run_mmx("migrate", service=service)
            self.assertEqual(done.returncode, 0, done.stderr)
        table = next(name for name in service.tables() if "migration" in name)
        columns = [row[0] for row in service.sql(
            f"SELECT name FROM pragma_table_info('{table}')" if self.database == "sqlite" else
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position")]
        number = next(column for column in columns if column in ("number", "version", "id"))
        others = ", ".join(column for column in columns if column != number)
        service.sql(f"INSERT INTO {table} ({number}, {others}) SELECT 9999, {others} FROM {table} "
                    f"WHERE {number} = (SELECT MAX({number}) FROM {table})")
        with self.assertRaises(AssertionError) as caught:
            service.start()
        self.assertIn("newer", str(caught.exception).lower())

    def test_P50_every_setting_is_explained(self):
        told = subprocess.run([program(), "serve", "--help"], capture_output=True, text=True, timeout=30)
        self.assertEqual(told.returncode, 0)
        for flag in ("--listen", "--data", "--database", "--public-url", "--trusted-proxies", "--metrics-listen", "--workers",
                     "--plans-file", "--terms-version", "--bcrypt-cost", "--log-level", "MMX_MASTER_KEY_FILE"):
            self.assertIn(flag, told.stdout)

    def test_P50_the_example_of_a_configuration_names_every_setting_with_its_default(self):
        self.service.admin()  # doctor wants one
        example = (pathlib.Path(__file__).parents[2] / "deploy" / "mmx.example.toml").read_text()
        self.assertEqual(self.run_mmx("doctor", "--config", str(self.copy_of(example))).returncode, 0, "as shipped")
        named = set(re.findall(r"^(?:# )?([a-z_0-9]+) = ", example, re.M))
        told = subprocess.run([program(), "serve", "--help"], capture_output=True, text=True, timeout=30).stdout
        flags = {flag.replace("-", "_") for flag in re.findall(r"^\s+--([a-z][a-z0-9-]+)", told, re.M)} - {"config", "help"}
        secrets = {name.lower() for name in re.findall(r"^\s+MMX_([A-Z_]+), MMX_", told, re.M)}
        self.assertEqual(named, flags | {f"{name}_file" for name in secrets})
        for name, value in re.findall(r'^([a-z_0-9]+) = "?([^"\n]*?)"?$', example, re.M):
            if value not in ("", "[]"):
                self.assertIn(f"[{value}]", told.replace("\n", " "), name)

    def copy_of(self, text):
        path = self.service.folder / "example.toml"
        path.write_text(text)
        return path

    def test_P05_the_program_says_where_it_listens(self):
        line = self.service.process.events("listening")[0]
        self.assertEqual(line["address"], f"127.0.0.1:{self.service.port}")
        self.assertEqual(json.loads(self.service.process.log[0])["level"], "info")
