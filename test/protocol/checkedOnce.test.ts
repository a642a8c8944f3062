// How often an open document is parsed and checked: whoever walks the workspace parses it no second time, and its own facts, told by
// its check, are no news to it.

import assert from "node:assert/strict";
import { createSchedule, type ScheduleOptions } from "../../server/lsp/diagnostics.js";
import {
  createLanguageService,
  manifestsOf,
  parseText,
  type Recognition,
  recognise,
} from "../../server/service/index.js";
import { createWorkspace } from "../../server/workspace/index.js";

const [OWN, OTHER] = ["/here/plugins.yaml", "/there/plugins.yaml"];
const URI = `file://${OWN}`;

describe("an open document", () => {
  const workspace = createWorkspace();
  const recognised = (path: string, text: string): Recognition =>
    recognise(parseText(`file://${path}`, text, 1), workspace, workspace.settings);
  const recognition = recognised(OWN, "plugins:\n- class: audit.plugin.Audit\n");
  const { parsed } = manifestsOf(recognition)[0] ?? assert.fail();
  const open = { parsed, recognition };
  let checks = 0;

  /** Once all that it wants to check is checked. */
  const checked = async (): Promise<number> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    return checks;
  };
  const service = createLanguageService();
  const schedule = createSchedule({
    connection: { sendDiagnostics: async () => {} } as unknown as ScheduleOptions["connection"],
    documents: { get: () => open, all: () => [open] } as unknown as ScheduleOptions["documents"],
    workspace,
    service: {
      ...service,
      diagnose: (...asked) => {
        checks++;
        return service.diagnose(...asked);
      },
    },
    docs: () => "",
    covered: () => ({}) as ReturnType<ScheduleOptions["covered"]>,
    everywhere: () => false,
    onCheck: () => void workspace.learn(OWN, manifestsOf(recognition)),
    onChecked: () => {},
  });
  after(() => schedule.dispose());

  it("is parsed by whoever has it open alone", () => {
    workspace.files.setOverlay(OWN, { getText: () => parsed.text, parsed: () => parsed });
    assert.equal(workspace.recogniseAt(OWN)?.manifest?.parsed, parsed);
    workspace.files.setOverlay(OWN, undefined);
    assert.equal(workspace.recogniseAt(OWN), undefined);
  });

  it("is checked once when it is opened, though its facts are new", async () => {
    const news: ReadonlySet<string>[] = [];
    const end = workspace.index.onChange((systems) => news.push(systems));
    schedule.changed(URI);
    assert.equal(await checked(), 1);
    end();
    assert.deepEqual(news, [new Set(["skypilot"])]);
    for (const systems of news) schedule.refresh(systems);
    assert.equal(await checked(), 1);
  });

  it("is checked again when others tell facts, and when anything else may have changed", async () => {
    workspace.learn(OTHER, manifestsOf(recognised(OTHER, "plugins:\n- class: store.plugin.Store\n")));
    schedule.refresh(new Set(["buntime"]));
    assert.equal(await checked(), 1);
    schedule.refresh(new Set(["skypilot"]));
    assert.equal(await checked(), 2);
    schedule.refresh();
    assert.equal(await checked(), 3);
  });
});
