// The same from Node, without a package: start the program, talk to it with fetch, reset it between tests.
//
//     node --test examples/web/
//
// MOCK_SERVER names the program to start; without it, cargo builds and runs it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, beforeEach, test } from "node:test";
import { createInterface } from "node:readline";

const program = process.env.MOCK_SERVER;
const [command, ...args] = program ? [program] : ["cargo", "mock-server"];
let server, base, credential;

before(async () => {
  server = spawn(command, [...args, "tooljet", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  base = await address(server);
  const [best] = await (await fetch(`${base}/_mock/credentials`)).json();
  credential = { [best.header.name]: best.header.value };
});

after(() => server.kill());

beforeEach(async () => {
  const { status } = await fetch(`${base}/_mock/reset`, { method: "POST" });
  assert.equal(status, 204);
});

// Port 0 takes a free one; the banner says which.
function address(child) {
  return new Promise((resolve, reject) => {
    const said = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const found = /address\s+(http:\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}:\n${said.join("\n")}`)));
  });
}

async function call(method, path, body, headers = {}) {
  const response = await fetch(base + path, {
    method,
    headers: { "Content-Type": "application/json", ...credential, ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

const ada = { name: "Ada Lovelace", email: "ada@example.com", status: "active", workspaces: [{ name: "team-spac" }] };

test("an invited user can be read, and is invited once", async () => {
  assert.equal((await call("POST", "/api/ext/users", ada)).status, 201);
  assert.equal((await call("GET", "/api/ext/user/ada@example.com")).body.name, "Ada Lovelace");
  const again = await call("POST", "/api/ext/users", ada);
  assert.equal(again.status, 400);
  assert.match(again.body.message, /already exists/);
});

test("the test before left no trace", async () => {
  assert.equal((await call("GET", "/api/ext/user/ada@example.com")).status, 404);
});

test("namespaces do not see each other", async () => {
  const here = { "X-Mock-Namespace": "here" };
  const there = { "X-Mock-Namespace": "there" };
  assert.equal((await call("POST", "/api/ext/users", ada, here)).status, 201);
  assert.equal((await call("POST", "/api/ext/users", ada, there)).status, 201);
  assert.equal((await call("GET", "/api/ext/user/ada@example.com", undefined, here)).status, 200);
  assert.equal((await call("GET", "/api/ext/user/ada@example.com")).status, 404);
});

test("a refusal is explained, with the line of the document", async () => {
  const refused = await call("POST", "/api/ext/users", { name: 7 });
  assert.equal(refused.status, 400);
  assert.ok(refused.body.message.includes("name must be a string"), refused.body.message);
  const entry = (await call("GET", "/_mock/journal")).body.at(-1);
  assert.equal(entry.response.status, 400);
  assert.match(entry.refused.rule, /openapi\.yaml:\d+:\d+$/);
});
