window.parent.postMessage({ type: "PluginRegisterEvent", name: window.name, version: { api: "1.2.0" } }, "*");
