// Opens an address in the user's browser where there is a desktop to show one; elsewhere does nothing.
import { spawn } from "node:child_process";
import process from "node:process";

export function openInBrowser(address) {
  const opener = openerOf(process.platform, process.env);
  if (!opener) return;
  const [command, ...args] = opener;
  // The browser is the user's: it has to stay when this ends. Not being able to open it is no failure.
  const child = spawn(command, [...args, address], { detached: true, stdio: "ignore" });
  child.once("error", () => {});
  child.unref();
}

function openerOf(platform, { DISPLAY, WAYLAND_DISPLAY }) {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return DISPLAY || WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
