"""The OpenAPI document is sound, tells every route, and what it says of a body is what the service enforces."""

import json

from checks import Checks, on_both_databases

ROUTES = """
POST setup  POST auth/register  POST auth/login  POST auth/logout  POST auth/verify  POST auth/resend  POST auth/forgot
POST auth/reset  GET session  GET me  PATCH me  POST me/password  POST me/email  POST me/email/confirm  GET me/sessions  DELETE me/sessions
DELETE me/sessions/{id}  GET me/usage  GET me/credits  GET plans  GET operator  GET engines  GET vocabulary  POST understand
POST songs/estimate  POST songs  GET songs  GET songs/{id}  PATCH songs/{id}  DELETE songs/{id}  POST songs/{id}/regenerate
POST songs/{id}/variation  POST songs/{id}/cancel  GET songs/{id}/audio  GET songs/{id}/peaks  GET songs/{id}/score
GET songs/{id}/midi  GET songs/{id}/lrc  POST songs/{id}/renditions  GET songs/{id}/download  POST songs/{id}/stems
GET songs/{id}/stems/{name}  GET songs/{id}/stems.zip  GET events  GET admin/users  GET admin/users/{id}
POST admin/users/{id}/credits  POST admin/users/{id}/plan  POST admin/users/{id}/suspend  GET admin/jobs
POST admin/jobs/{id}/retry  GET admin/stats  GET admin/audit
""".split()
WRONG = {"string": [5, True, [], {}], "integer": ["5", 1.5, True, []], "number": ["5", True, {}], "boolean": ["true", 1, []],
         "array": ["piano", 5, {}, [5]], "object": ["x", 5, []]}


@on_both_databases
class OpenApi(Checks):
    settings = {"workers": 0}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.service.expect(cls.service.client().get("/api/openapi.json"), 200).json
        cls.admin = cls.service.admin()

    def twin(self):
        """The administrator from a fresh address, so that no limit by address is met."""
        other = self.service.client()
        other.cookies.update(self.admin.cookies)
        return other

    def operations(self):
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def resolved(self, schema):
        while "$ref" in schema:
            place = self.document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                place = place[step]
            schema = place
        return schema

    def test_P05_the_document_is_sound(self):
        self.assertEqual(self.document["openapi"][:4], "3.1.")
        self.assertTrue(self.document["info"]["title"] and self.document["info"]["version"])
        ids = []
        for method, path, operation in self.operations():
            ids.append(operation["operationId"])
            self.assertTrue(operation["summary"])
            self.assertTrue(any(code.startswith("2") for code in operation["responses"]), path)
            self.assertIn("default", operation["responses"])
            for answer in operation["responses"].values():
                self.assertTrue(answer["description"])
            in_path = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
            self.assertEqual(in_path, [step[1:-1] for step in path.split("/") if step.startswith("{")])
        self.assertEqual(len(ids), len(set(ids)))
        self.assertTrue(all(ids))

        def walk(node):
            if isinstance(node, dict):
                if "$ref" in node:
                    self.resolved(node)
                for child in node.values():
                    walk(child)
            elif isinstance(node, list):
                for child in node:
                    walk(child)
        walk(self.document)

    def test_P05_every_route_is_told_and_answers(self):
        told = {f"{method} {path.removeprefix('/api/v1/')}" for method, path, _ in self.operations()}
        wanted = {f"{method} {path}" for method, path in zip(ROUTES[::2], ROUTES[1::2])}
        self.assertEqual(wanted - told, set())
        for method, path, _ in self.operations():
            visitor = self.service.client()
            answer = visitor.request(method, path.replace("{id}", "x").replace("{name}", "x"), {} if method != "GET" else None)
            self.assertNotIn(answer.status, (404, 405, 500, 501), f"{method} {path}: {answer}")

    def test_P49_routes_that_need_a_session_say_so(self):
        for method, path, operation in self.operations():
            needs = bool(operation["security"])
            if path.endswith("auth/logout"):
                continue
            answer = self.service.client().request(method, path.replace("{id}", "x").replace("{name}", "x"),
                                                   {} if method != "GET" else None)
            self.assertEqual(answer.status == 401, needs, f"{method} {path}: {answer}")

    def fields_at_fault(self, method, path, body):
        answer = self.twin().request(method, path.replace("{id}", "x").replace("{name}", "x"), body)
        self.assertEqual(answer.status, 422, f"{method} {path} {json.dumps(body)[:200]}: {answer}")
        return {answer.json.get("field")} | {error["field"] for error in answer.json.get("errors", [])}

    def test_P05_every_documented_field_is_validated(self):
        checked = 0
        for method, path, operation in self.operations():
            if "requestBody" not in operation:
                continue
            schema = self.resolved(operation["requestBody"]["content"]["application/json"]["schema"])
            for name in schema.get("required", []):
                self.assertIn(name, self.fields_at_fault(method, path, {}), f"{path}: {name} is missing")
            for name, field in schema["properties"].items():
                field = self.resolved(field)
                kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
                wrong = [value for value in WRONG[kinds[0]] if len(kinds) == 1 or not isinstance(value, (str, int))]
                if "maxLength" in field:
                    wrong.append("x" * (int(field["maxLength"]) + 1))
                if "maximum" in field:
                    wrong.append(field["maximum"] + 1)
                if "minimum" in field:
                    wrong.append(field["minimum"] - 1)
                if "enum" in field:
                    wrong.append("none of these")
                base = {"prompt": "quiet piano"} if path.endswith(("songs", "estimate")) and name != "prompt" else {}
                for value in wrong:
                    if path.endswith(("songs", "estimate")) and name in ("bpm", "duration_seconds", "sample_rate") and value == "5":
                        continue
                    at_fault = self.fields_at_fault(method, path, {**base, name: value})
                    self.assertTrue(name in at_fault or any(str(f).startswith(name) for f in at_fault),
                                    f"{path}: {name} = {str(value)[:40]}: {at_fault}")
                    checked += 1
            self.assertIn("no_such_field", self.fields_at_fault(method, path, {"no_such_field": 1,
                          **({"prompt": "quiet piano"} if path.endswith(("songs", "estimate")) else {})}))
        self.assertGreater(checked, 100)

    def test_P05_query_values_are_validated_too(self):
        for method, path, operation in self.operations():
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "query":
                    continue
                schema, name = parameter["schema"], parameter["name"]
                wrong = {"integer": ["x", "1.5", "99999999999999999999", "-5"], "string": []}[schema["type"]]
                if "enum" in schema:
                    wrong.append("other")
                if schema.get("maxLength"):
                    wrong.append("x" * (int(schema["maxLength"]) + 1))
                for value in wrong:
                    answer = self.twin().get(path.replace("{id}", "x").replace("{name}", "x") + f"?{name}={value}")
                    self.assertEqual(answer.status, 422, f"{path}?{name}={value[:30]}: {answer}")
                    self.assertIn(name, answer.text)

    def test_P05_answers_have_the_members_that_the_document_tells(self):
        account = self.service.account()
        song = self.expect(self.service.order(account), 202).json["id"]
        for path, at in (("/api/v1/me", "me"), ("/api/v1/me/sessions", "me/sessions"), ("/api/v1/me/usage", "me/usage"),
                         ("/api/v1/me/credits", "me/credits"), ("/api/v1/plans", "plans"), ("/api/v1/engines", "engines"),
                         ("/api/v1/vocabulary", "vocabulary"), ("/api/v1/songs", "songs"), ("/api/v1/songs/{id}", f"songs/{song}")):
            content = self.document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
            told = set(self.resolved(content["schema"])["properties"])
            given = set(self.expect(account.get(at), 200).json)
            self.assertEqual(given - told - {"cancel_asked", "session_id"}, set(), path)
        table = {field["name"] for field in account.get("vocabulary").json["fields"]}
        request = self.document["components"]["schemas"]["SongRequest"]["properties"]
        self.assertEqual({name for name in table if "." not in name} | {"inference"}, set(request))
