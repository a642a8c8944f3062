// F2 at a class path: the class gets another name in its module, in all that imports it and in every manifest that lists it; and
// back to the same bytes. What can't be followed stops it before anything is written.

import assert from "node:assert/strict";
import { createLanguageService } from "../../../server/service/index.js";
import { type Fixture, readFixture } from "../../harness/fixture.js";
import { openedAt, preparedAt, renamed, withLineEnds } from "../../harness/renaming.js";

const service = createLanguageService();

const PROJECT = `x
>>> plugins.yaml
plugins:
  - class: "audit.plugin.AuditPlugin"   # ours
>>> remote_plugins.yaml
plugins:
  - class: audit.AuditPlugin
>>> other/plugins.yaml
plugins:
  - class: audit.plugin.AuditPlugin
>>> other/audit/__init__.py
>>> other/audit/plugin.py
from sky.server.plugins import BasePlugin
class AuditPlugin(BasePlugin):
    def install(self, extension_context): ...
>>> src/audit/__init__.py
"""AuditPlugin for all."""
from .plugin import (
    AuditPlugin,  # AuditPlugin
)
__all__ = ["AuditPlugin", "other"]
>>> src/audit/plugin.py
from sky.server import plugins

class AuditPlugin(plugins.BasePlugin):
    """AuditPlugin writes."""
    other: "list[str]" = []

    def install(self, extension_context):
        log = f"AuditPlugin {AuditPlugin.__name__}"
        return dict(AuditPlugin=AuditPlugin, text='AuditPlugin')

class MyAuditPlugin(AuditPlugin):
    pass
>>> src/audit/alias.py
from .plugin import AuditPlugin as Plugin
Plugin.AuditPlugin = 1
>>> src/audit/unlike.py
class AuditPlugin: pass
made = AuditPlugin()
>>> tests/test_audit.py
import audit.plugin
from audit import plugin as p
def test_it(patch):
    from audit.plugin import AuditPlugin
    patch("audit.plugin.AuditPlugin.install")
    assert AuditPlugin is audit.plugin.AuditPlugin is p.AuditPlugin
`;

/** Of \`PROJECT\`, what bears the new name afterwards: its lines by file. */
const RENAMED = {
  "plugins.yaml": ['  - class: "audit.plugin.Auditor"   # ours'],
  "remote_plugins.yaml": ["  - class: audit.Auditor"],
  "src/audit/__init__.py": ["    Auditor,  # AuditPlugin", '__all__ = ["Auditor", "other"]'],
  "src/audit/plugin.py": [
    "class Auditor(plugins.BasePlugin):",
    '        log = f"AuditPlugin {Auditor.__name__}"',
    "        return dict(AuditPlugin=Auditor, text='AuditPlugin')",
    "class MyAuditPlugin(Auditor):",
  ],
  "src/audit/alias.py": ["from .plugin import Auditor as Plugin"],
  "tests/test_audit.py": [
    "    from audit.plugin import Auditor",
    '    patch("audit.plugin.Auditor.install")',
    "    assert Auditor is audit.plugin.Auditor is p.Auditor",
  ],
};

/** More of the project, and why the rename stops there. */
const REFUSED: readonly (readonly [title: string, file: string, why: RegExp])[] = [
  [
    "a star import and a class of the new name",
    "x.py\nfrom audit.plugin import *\nAuditPlugin\nclass Auditor: pass",
    /x\.py:2 .*another name/,
  ],
  [
    "an import that can't be followed",
    "far/x.py\nfrom elsewhere.plugin import AuditPlugin",
    /x\.py:1 imports "AuditPlugin" from where/,
  ],
  [
    "a module of a function's own",
    "x.py\ndef f(plugin): return plugin.AuditPlugin",
    /x\.py:1 names "plugin\.AuditPlugin"/,
  ],
  [
    "a class beside its import",
    "x.py\nfrom audit import AuditPlugin\nclass AuditPlugin: pass",
    /x\.py:2 defines "AuditPlugin" anew/,
  ],
];

describe("SkyPilot: rename of a class", () => {
  for (const eol of ["\n", "\r\n"]) {
    it(`reaches the Python that names it, and nothing else (${JSON.stringify(eol)})`, () => {
      const before = withLineEnds(readFixture(PROJECT), eol);
      const after = renamed(service, before, "AuditPlugin", "Auditor");
      const changed = Object.fromEntries(
        after.files.flatMap(({ path, text }, i) => {
          const old = before.files[i]?.text.split(eol);
          const lines = text.split(eol).filter((line, at) => line !== old?.[at]);
          return lines.length === 0 ? [] : [[path.replace(/^\/(?:w|workspace)\//, ""), lines]];
        }),
      );
      assert.deepEqual(changed, RENAMED);
      assert.deepEqual(renamed(service, after, "Auditor", "AuditPlugin"), before);
    });
  }

  it("offers the class alone, without its module", () => {
    const { manifest, position } = openedAt(readFixture(PROJECT), "AuditPlugin");
    assert.equal(preparedAt(service, manifest, position).placeholder, "AuditPlugin");
    const module = openedAt(readFixture(PROJECT), "plugin.Audit");
    assert.equal(service.prepareRename(module.manifest, module.position), undefined);
  });

  for (const [title, file, why] of REFUSED) {
    it(`stops at ${title}`, () => {
      const fixture = readFixture(`${PROJECT}>>> ${file}\n`);
      assert.match(refusal(fixture, "Auditor"), why);
    });
  }
  for (const name of ["", "class", "1st", "audit.Other", "a-b"])
    it(`refuses the name "${name}"`, () => {
      assert.match(refusal(readFixture(PROJECT), name), /is no name of a class|word of Python/);
    });
  it("refuses the name of another class of the module", () => {
    assert.match(refusal(readFixture(PROJECT), "MyAuditPlugin"), /another "MyAuditPlugin"/);
  });
});

function refusal(fixture: Fixture, name: string): string {
  const { manifest, position } = openedAt(fixture, "AuditPlugin");
  const answer = service.rename(manifest, position, name);
  assert.ok("refused" in answer, JSON.stringify(answer));
  return answer.refused;
}
