// The rows of codes that the schemas report by themselves (`x-problem`), and of the file's encoding.

import { isNoUtf8 } from "../../encoding.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { refineIgnored } from "./ignored.js";
import {
  refineAuth,
  refineEntry,
  refineIdentifier,
  refineName,
  refineParameters,
  refinePath,
  refineVersion,
} from "./likely.js";

export const schemaRules: readonly Rule[] = [
  {
    code: "metaflow/not-utf8",
    severity: "error",
    title: "the file isn't UTF-8",
    host: "The service reads the file in UTF-8 and refuses it (Error loading plugin config).",
    fix: "save the file with the encoding UTF-8, without a byte order mark",
    check: notUtf8,
  },
  {
    code: "metaflow/name-not-routable",
    severity: "error",
    title: "the name doesn't survive in an address",
    host: "The page (1.3.14) puts the name into the plugin's address unescaped. One with / \\ ? or #, with % and two hexadecimal digits, or . and .. leads elsewhere, so the plugin never registers.",
    wrong: '"name": "runs/notes"',
    right: '"name": "runs notes"',
    fix: "use letters, digits, spaces, - and _",
    documents: ["manifest"],
    refine: refineName,
  },
  {
    code: "metaflow/version-leaks",
    severity: "warning",
    title: "the version cuts the address",
    host: "The page appends ?v=<version> unescaped; # and & cut it or add a parameter, and cache busting fails.",
    wrong: '"version": "1.0#2"',
    right: '"version": "1.0.2"',
    fix: "write a semantic version",
    documents: ["manifest"],
    refine: refineVersion,
  },
  {
    code: "metaflow/bad-slot",
    severity: "error",
    title: "no slot of today's page",
    host: "The page (1.3.14) refuses the registration and shows nothing; the browser's console has a warning. The old run-tab and headless are refused as well.",
    wrong: '"slot": "run-tab"',
    right: '"slot": "run-header"',
    fix: "write one of task-details, run-header, header, top-nav",
    documents: ["manifest"],
  },
  {
    code: "metaflow/bad-identifier",
    severity: "error",
    title: "the identifier leaves installed/",
    host: "The service joins the identifier to installed/ as it is, so an absolute one or one with .. reads, clones and checks out elsewhere; an empty one fails.",
    wrong: '"../elsewhere": {}',
    right: '"elsewhere": {}',
    fix: "name a folder in installed/",
    documents: ["plugins"],
    refine: refineIdentifier,
  },
  {
    code: "metaflow/bad-entry",
    severity: "error",
    title: "an entry is neither an object nor an address",
    host: "The service skips the entry (Invalid plugin format, skipping).",
    wrong: '"run-notes": null',
    right: '"run-notes": {}',
    fix: "write {} for a local plugin, or the repository's address",
    documents: ["plugins"],
    refine: refineEntry,
  },
  {
    code: "metaflow/ignored-field",
    severity: "warning",
    title: "the service doesn't read this key of an entry",
    host: "An entry has repository, ref, parameters, paths and auth; every other key is ignored.",
    fix: "correct the key, or move it into parameters if the plugin wants it",
    documents: ["plugins"],
    refine: refineIgnored,
  },
  {
    code: "metaflow/bad-auth",
    severity: "warning",
    title: "auth of a wrong shape",
    host: "At the top anything but an object is ignored, and a text is cloned as a plugin called auth. In auth, values of a wrong type give no credential.",
    wrong: '"auth": "https://git.example.org/ui/notes.git"',
    right: '"auth": { "user": "ci-bot", "pass": "not-a-real-token" }',
    fix: "write an object with user and pass",
    documents: ["plugins"],
    refine: refineAuth,
  },
  {
    code: "metaflow/parameters-not-object",
    severity: "warning",
    title: "parameters are no object",
    host: "The service checks nothing and passes the value on; plugins and the page's sandbox key expect an object.",
    fix: "write an object",
    documents: ["plugins"],
    refine: refineParameters,
  },
  {
    code: "metaflow/path-leaves-folder",
    severity: "error",
    title: "an item of paths leaves the plugin's folder",
    host: "The service joins the path as it is and reads, serves and checks out whatever lies there.",
    wrong: '"paths": ["../other"]',
    right: '"paths": ["badges"]',
    fix: "name a folder inside the plugin's own",
    documents: ["plugins"],
    refine: refinePath,
  },
];

function notUtf8({ parsed, workspace }: Manifest, report: Report): void {
  if (parsed.source.count("\ufffd") === 0 || !isNoUtf8(workspace.files, parsed.path, parsed.text)) return;
  const at = parsed.text.indexOf("\ufffd");
  report([at, at + 1], "the file isn't UTF-8; the service refuses it, save it with that encoding");
}
