// The packing plan of a SkyPilot plugin: the files of its Python project, which class is meant to come from where, and what can be
// said against it before a wheel is built.
import path from "node:path";
import type { PackingFor } from "../../pack/packer.js";
import type { PackPlan, PlanOptions } from "../../pack/plan.js";
import { contentsDigest } from "../../pack/plan.js";
import type { KeptOut, Needed } from "../../pack/rules.js";
import { planFolder } from "../../pack/walk.js";
import { definedOf } from "../../values.js";
import type { Finding } from "../host.js";
import { ownPlan } from "../own.js";
import { nameOf, type Project, pluginsName, readProject, remoteName } from "./files/project.js";
import { buildWords } from "./wheels/build.js";

export interface SkypilotPlan extends PackPlan {
  readonly system: "skypilot";
  readonly project: Project;
  /** Class paths of both files. */
  readonly classes: readonly string[];
}

export async function planSkypilot(folder: string, options: PlanOptions & PackingFor = {}): Promise<SkypilotPlan> {
  const project = await readProject(folder);
  const { python, plugins, remote } = project;
  const classes = [...(plugins?.file?.entries ?? []), ...(remote?.file?.entries ?? [])].map((one) => one.className);
  const walked = await planFolder(python?.folder ?? folder, {
    ...options,
    system: "skypilot",
    needed: packagesOf(classes),
    keptOut: leftovers,
  });
  // Without a project of its own the plugin is its two files.
  const own = (name: string) => name === pluginsName || name === remoteName;
  const files = python === undefined ? walked.files.filter((file) => own(file.path)) : walked.files;
  const rest = python === undefined ? walked.files.filter((file) => !own(file.path)) : [];
  const version = python?.version;
  return {
    ...walked,
    system: "skypilot",
    project,
    classes,
    files,
    leftOut: [...walked.leftOut, ...rest.map((file) => ({ path: file.path, rule: "no Python project is here" }))],
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    contents: contentsDigest(files),
    findings: [...fileFindings(project), ...walked.findings],
    steps: python === undefined ? [] : [buildWords],
    ...definedOf({ name: nameOf(project), version }),
  };
}

export function skypilotPlan(plan: PackPlan): SkypilotPlan {
  return ownPlan(plan, isSkypilot, "skypilot");
}

function isSkypilot(plan: PackPlan): plan is SkypilotPlan {
  return plan.system === "skypilot" && "project" in plan;
}

/** What Git ignores inside a package is mostly what a build put there for it. */
function packagesOf(classes: readonly string[]): readonly Needed[] {
  const tops = new Set(classes.flatMap((name) => name.split(".").slice(0, 1)));
  return [...tops].flatMap((top) => [
    { under: top, why: "the package of a listed class" },
    { under: `src/${top}`, why: "the package of a listed class" },
  ]);
}

const leftovers: readonly KeptOut[] = [
  { pattern: "__pycache__", why: "compiled Python" },
  { pattern: "*.pyc", why: "compiled Python" },
  { pattern: "*.egg-info", why: "a build's leftovers" },
  { pattern: "/build", why: "a build's leftovers" },
  { pattern: "/dist", why: "wheels that were built before" },
  { pattern: "*.whl", why: "a wheel that was built before" },
  { pattern: ".venv", why: "a virtual environment" },
  { pattern: "venv", why: "a virtual environment" },
  { pattern: ".tox", why: "a tool's own files" },
  { pattern: ".pytest_cache", why: "a tool's own files" },
  { pattern: ".mypy_cache", why: "a tool's own files" },
  { pattern: ".ruff_cache", why: "a tool's own files" },
];

function fileFindings({ folder, plugins, remote, python }: Project): readonly Finding[] {
  const findings: Finding[] = [];
  const tell = (severity: Finding["severity"], code: string, message: string, file: string) =>
    findings.push({ severity, code, message, file });
  if (plugins === undefined && remote === undefined) {
    const message = `"${path.basename(folder)}" has neither ${pluginsName} nor ${remoteName}; write one, or choose the folder that has it`;
    return [{ severity: "error", code: "package/no-manifest", message }];
  }
  for (const [name, read] of [
    [pluginsName, plugins],
    [remoteName, remote],
  ] as const) {
    if (read?.reason !== undefined) {
      tell(
        "error",
        "package/no-manifest",
        `${name} can't be read: ${read.reason}; the server would not start with it`,
        name,
      );
    }
  }
  if (python === undefined) {
    const message =
      "no pyproject.toml or setup.py is here or above: no wheel is built, and the classes have to be installed in the server's Python already";
    tell("information", "package/no-project", message, pluginsName);
  }
  return findings;
}
