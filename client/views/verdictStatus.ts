// The language status item: whose file the active editor shows, why, and the way to overrule it.

import { type Disposable, languages, window } from "vscode";
import type { VerdictReport } from "../../server/protocol.js";
import type { Language } from "../languageClient.js";

export function showVerdicts(language: Language): Disposable {
  const item = languages.createLanguageStatusItem("plugsmith.verdict", language.selector());
  item.name = "Plugsmith";
  item.command = { command: "plugsmith.selectSystem", title: "Change", tooltip: "Say what this file is" };
  let shown: string | undefined;

  const show = (report: VerdictReport) => {
    item.busy = false;
    item.text = report.title ?? "Not a plugin manifest";
    item.detail = report.reason;
    item.accessibilityInformation = { label: `Plugsmith: ${item.text}, ${report.reason}` };
  };
  const ask = async () => {
    const document = window.activeTextEditor?.document;
    shown = document?.uri.toString();
    if (document === undefined || languages.match(item.selector, document) === 0) return;
    item.text = "Looking at the file";
    item.detail = "";
    item.busy = true;
    const report = await language.verdict(document.uri).catch(() => undefined);
    if (shown !== document.uri.toString()) return;
    if (report === undefined) item.busy = false;
    else show(report);
  };

  const listening = [
    item,
    window.onDidChangeActiveTextEditor(() => void ask()),
    language.onVerdictChanged((report) => {
      if (report.uri === shown) show(report);
    }),
    language.onDidStart(() => {
      item.selector = language.selector();
      void ask();
    }),
  ];
  void ask();
  return { dispose: () => listening.forEach((one) => void one.dispose()) };
}
