// A page of a frontend team: it lists the users of a ToolJet, invites one, and shows what ToolJet says when that fails.
//
// Where its ToolJet is stands in its address: ?api=http://127.0.0.1:4010&namespace=alice. In production a backend would keep the token
// to itself and stand between; in front of the mock server the page asks it how to sign in.

const query = new URLSearchParams(location.search);
const base = query.get("api") ?? "http://127.0.0.1:4010";
// Everything with the same name happens in one world of its own: parallel tests, one server.
const world = query.has("namespace") ? { "X-Mock-Namespace": query.get("namespace") } : {};

const element = (id) => document.getElementById(id);

async function signIn() {
  const [best] = await (await fetch(`${base}/_mock/credentials`, { headers: world })).json();
  return { [best.header.name]: best.header.value };
}

const credential = await signIn();

async function call(method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { "Content-Type": "application/json", ...credential, ...world },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(sentence(answer.message));
  return answer;
}

// ToolJet explains itself in a sentence, in a list of them, or with a title.
function sentence(message) {
  if (Array.isArray(message)) return message.join(", ");
  return typeof message === "object" ? `${message.title}: ${message.error}` : message;
}

function person({ name, email, status, workspaces }) {
  const item = document.createElement("li");
  const part = (tag, className, text) => {
    const made = Object.assign(document.createElement(tag), { className, textContent: text });
    item.append(made);
    return made;
  };
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");
  part("span", "avatar", initials).style.setProperty("--hue", [...email].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 360, 7));
  part("strong", "name", name);
  part("span", "email", email);
  part("span", "places", workspaces.map((one) => one.name).join(", ") || "no workspace");
  part("span", `status ${status}`, status);
  return item;
}

async function show() {
  const users = await call("GET", "/api/ext/users");
  element("people").replaceChildren(...users.map(person));
  element("count").textContent = `${users.length} people`;
}

function tell(kind, text) {
  element("notice").className = kind;
  element("notice").textContent = text;
}

element("invite").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, email, workspace } = Object.fromEntries(new FormData(event.target));
  try {
    const user = await call("POST", "/api/ext/users", { name, email, status: "active", workspaces: [{ id: workspace }] });
    await show();
    tell("done", `${user.name} is in.`);
    event.target.reset();
  } catch (error) {
    tell("failed", error.message);
  }
});

element("reset").addEventListener("click", async () => {
  await fetch(`${base}/_mock/reset`, { method: "POST", headers: world });
  await show();
  tell("done", "Everything is as it was.");
});

try {
  const workspaces = await call("GET", "/api/ext/workspaces");
  element("invite").workspace.replaceChildren(...workspaces.map(({ id, name }) => new Option(name, id)));
  await show();
  document.body.dataset.ready = "yes";
} catch (error) {
  tell("failed", error.message);
}
