"""Mail over a real SMTP server: what is sent to whom, retried when it is down, and never steered by its content."""

import email
import email.policy
import subprocess
import tempfile

from checks import Checks, on_both_databases
from mailbox_reader import Catcher, wait_until
from mmx_service import Service


@on_both_databases
class MailByServer(Checks):
    @classmethod
    def setUpClass(cls):
        cls.catcher = Catcher()
        cls.addClassCleanup(cls.catcher.stop)
        cls.service = Service(cls.database, workers=0, environment={
            "MMX_SMTP_URL": f"smtp://127.0.0.1:{cls.catcher.port}", "MMX_MAIL_FROM": "MusicMageX <studio@example.org>"})
        cls.addClassCleanup(cls.service.close)
        cls.service.mails = lambda to=None: [mail for mail in list(cls.catcher.mails) if to is None or to in mail.to]
        cls.service.start()

    def test_P20_a_mail_has_one_receiver_a_sender_and_text_beside_html(self):
        client = self.service.client()
        self.expect(self.service.register(client), 202)
        self.service.mail(client.email)
        envelope = next(e for e in self.catcher.envelopes if client.email in e.rcpt_tos)
        self.assertEqual((envelope.mail_from, envelope.rcpt_tos), ("studio@example.org", [client.email]))
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.assertEqual(message["To"].addresses[0].addr_spec, client.email)
        self.assertEqual(message["From"].addresses[0].addr_spec, "studio@example.org")
        for header in ("Date", "Message-ID", "Subject"):
            self.assertTrue(message[header], header)
        plain, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
        self.assertIn("#token=", plain)
        self.assertIn("#token=", html)
        self.assertNotIn("<img", html)
        self.assertNotIn("http", html.replace(self.service.public_url, ""), "nothing is loaded from elsewhere")
        self.assertFalse((self.service.data / "outbox").exists() and list((self.service.data / "outbox").iterdir()))

    def test_P27_a_changed_password_and_address_are_told(self):
        account = self.service.account()
        old, new = account.email, self.service.new_email()
        fresh = "entirely other long words"
        self.service.secrets.add(fresh)
        self.expect(account.post("me/password", {"current_password": account.password, "password": fresh}), 204)
        told = self.service.mail(old, after=1)
        self.assertIn("password", (told.subject + told.text).lower())
        self.assertNotIn(fresh, told.raw)
        self.expect(account.post("me/email", {"email": new, "password": fresh}), 202)
        self.service.mail(old, after=2)
        token = self.service.mail(new).token
        self.expect(account.post("me/email/confirm", {"token": token}), 200)
        told = self.service.mail(old, after=3)
        self.assertIn("address", (told.subject + told.text).lower())
        self.service.mail(new, after=1)

    def test_P27_a_reset_password_is_told(self):
        account = self.service.account()
        self.expect(account.post("auth/forgot", {"email": account.email}), 202)
        token = self.service.mail(account.email, after=1).token
        self.expect(account.post("auth/reset", {"token": token, "password": "words chosen after a reset"}), 200)
        self.assertIsNone(self.service.mail(account.email, after=2).token)

    def test_P27_a_name_with_markup_or_line_ends_steers_nothing(self):
        client = self.service.client()
        name = '<b>Bobby</b> "Bcc: x@example.com" & Söhne'
        self.expect(self.service.register(client, name=name), 202)
        mail = self.service.mail(client.email)
        message = email.message_from_string(mail.raw, policy=email.policy.default)
        self.assertNotIn("<b>Bobby", message.get_body(("html",)).get_content())
        self.assertIsNone(message["Bcc"])
        for address in ("a@example.com\r\nBcc: b@example.com", "a@example.com,b@example.com", "a@example.com b@example.com",
                        "<a@example.com>", "a@example.com\0"):
            self.expect_field(self.service.register(self.service.client(), email=address), "email")
            self.service.secrets.discard(address)
        self.assertEqual({len(e.rcpt_tos) for e in self.catcher.envelopes}, {1})

    def test_P52_a_mail_waits_for_a_server_that_is_down_or_says_later(self):
        for refuse in ("says later", "is down"):
            with self.subTest(server=refuse):
                if refuse == "says later":
                    self.catcher.refuse = True
                else:
                    self.catcher.stop()
                client = self.service.client()
                self.expect(self.service.register(client), 202)
                def put_off():
                    return self.service.sql("SELECT 1 FROM outbox WHERE to_address = ? AND attempts >= 1 AND state = 'queued'",
                                            client.email)
                wait_until(put_off, "a first try", 30)
                if refuse == "says later":
                    self.catcher.refuse = False
                else:
                    self.catcher.start()
                self.service.sql("UPDATE outbox SET next_at = 1 WHERE to_address = ?", client.email)
                self.service.sql("UPDATE jobs SET run_after_at = 1, rank_at = 1 WHERE kind = 'deliver_mail' AND state = 'queued'")
                token = self.service.mail(client.email).token
                self.expect(client.post("auth/verify", {"token": token}), 200)

    def test_P36_a_sent_mail_forgets_its_address_and_text(self):
        client = self.service.client()
        self.expect(self.service.register(client), 202)
        token = self.service.mail(client.email).token
        wait_until(lambda: self.service.found_at_rest(token, rows_only=True) == [], "the outbox to forget")
        self.assertNotIn("outbox", self.service.found_at_rest(client.email, rows_only=True))


@on_both_databases
class MailAsFiles(Checks):
    settings = {"workers": 0}

    def test_P50_without_a_server_mails_are_readable_files_and_the_log_says_where(self):
        client = self.service.client()
        self.expect(self.service.register(client, name="Grüße"), 202)
        mail = self.service.mail(client.email)
        self.assertIn(mail.token, mail.raw, "not encoded: the link can be copied")
        self.assertIn("outbox", "\n".join(self.service.process.log))
        self.assertNotIn(mail.token, "\n".join(self.service.process.log))


@on_both_databases
class MailUnderTls(Checks):
    @classmethod
    def setUpClass(cls):
        pass  # each check has servers of its own

    def start(self, **environment):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        certificate = folder.name + "/mail.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost", "-keyout", certificate, "-out", folder.name + "/only.pem"],
                       check=True, capture_output=True)
        with open(certificate, "a") as both, open(folder.name + "/only.pem") as only:
            both.write(only.read())
        catcher = Catcher(certificate, "the mail server's password")
        self.addCleanup(catcher.stop)
        environment = {name: value.replace("CERTIFICATE", certificate) for name, value in environment.items()}
        service = Service(self.database, workers=0, environment={
            "MMX_SMTP_URL": f"smtp://mailer@localhost:{catcher.port}", "MMX_SMTP_PASSWORD": "the mail server's password",
            "MMX_MAIL_FROM": "studio@example.org", **environment})
        service.secrets.add("the mail server's password")
        self.addCleanup(service.close)
        return catcher, service.start()

    def test_P44_mail_goes_over_STARTTLS_with_a_checked_certificate_and_a_password(self):
        catcher, service = self.start(MMX_SMTP_CA_FILE="CERTIFICATE")
        client = service.client()
        self.expect(service.register(client), 202)
        wait_until(lambda: catcher.mails, "the mail")
        self.assertEqual(catcher.envelopes[0].rcpt_tos, [client.email])

    def test_P44_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(self):
        catcher, service = self.start()
        client = service.client()
        self.expect(service.register(client), 202)
        wait_until(lambda: service.sql("SELECT 1 FROM outbox WHERE to_address = ? AND attempts >= 1", client.email), "a try", 30)
        self.assertEqual(catcher.mails, [])
        service.expects_errors = True
