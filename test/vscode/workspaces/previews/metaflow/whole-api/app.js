// Speaks every message of the protocol, and shows what came back. A classic script: the frame has an opaque origin.
const facts = document.getElementById("facts");
const send = (type, fields) => window.parent.postMessage({ type, name: window.name, ...fields }, "*");
const show = (key, value) => {
  const id = `fact-${key}`;
  const known = document.getElementById(id);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (known) {
    known.textContent = text;
    return;
  }
  const term = document.createElement("dt");
  term.textContent = key;
  const detail = document.createElement("dd");
  detail.id = id;
  detail.textContent = text;
  facts.append(term, detail);
};

window.addEventListener("message", ({ data }) => {
  if (data.type === "ReadyToRender") {
    show("greeting", data.config.parameters.greeting);
    show("version", data.config.config.version);
    show("visible", data.config.config.visible);
    show("resource", data.resource);
    show("timezone", data.settings.timezone);
    send("PluginSubscribeToData", { paths: ["metadata", "run-metadata"] });
    send("PluginSubscribeToData", { paths: "task-info" });
    send("PluginSubscribeToEvent", { events: ["own-event"] });
    send("PluginCallEvent", { event: "own-event", data: { count: 1 } });
    send("PluginCallEvent", { event: "for-listener", data: "hi" });
    send("PluginRemoveRequest");
    send("PluginHeightCheck", { height: 320 });
  }
  if (data.type === "DataUpdate") show(data.path, data.data);
  if (data.type === "EventUpdate") show(data.event, data.data);
});

const answers = (key, address) =>
  fetch(address)
    .then((answer) => answer.json())
    .then(({ data, status }) => show(key, `${status} ${JSON.stringify(data)}`))
    .catch((error) => show(key, String(error)));
answers("runs", "/api/flows/HelloFlow/runs");
answers("task", "../../flows/HelloFlow/runs/42/steps/start/tasks/7");
fetch("app.js").then(
  () => show("own-file", "readable"),
  () => show("own-file", "not readable"),
);
const picture = (key, image) =>
  image.decode().then(
    () => show(key, "shown"),
    () => show(key, "not shown"),
  );
picture("picture", document.getElementById("dot"));
const later = new Image();
later.src = "/api/plugin/whole%20api/dot.svg?later";
picture("script-picture", later);
try {
  show("storage", String(window.localStorage.length));
} catch {
  show("storage", "none");
}
show("origin", window.origin);

const press = (id, event, data) =>
  document.getElementById(id).addEventListener("click", () => send("PluginCallEvent", { event, data }));
press("toast", "SEND_NOTIFICATION", { type: "success", message: "Saved <b>all</b>" });
press("greet", "for-listener", "hi");
press("hide", "UPDATE_PLUGIN", { slot: "header", name: "listener", visible: false });
press("show", "UPDATE_PLUGIN", { slot: "header", name: "listener", visible: true });

send("PluginRegisterEvent", { version: { api: "1.2.0" } });
