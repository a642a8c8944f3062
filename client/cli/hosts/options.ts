// The options by which a host is named, the same in every command that talks to one.

import { JSON_OPTION, type Option } from "../command.js";

export const HOST_OPTIONS: readonly Option[] = [
  { name: "host", value: "NAME", about: "a row of plugsmith.hosts; not needed where there is only one" },
  {
    name: "config",
    value: "FILE",
    about: "take the hosts from this JSON file instead of the nearest .vscode/settings.json",
  },
  { name: "system", value: "SYSTEM", about: "with --url: the host's system, such as buntime" },
  { name: "url", value: "ADDRESS", about: "with --system: the host's address" },
  JSON_OPTION,
];

const YES: Option = {
  name: "yes",
  short: "y",
  about: "don't ask before a shared or production host is changed",
};

const DRY_RUN: Option = {
  name: "dry-run",
  about: "show what would change on the host, and change nothing there",
};

export const OVERWRITE: Option = {
  name: "overwrite",
  about: "replace what somebody else has put there since it was last sent from here",
};

/** What every command has that changes a host. */
export const ACT_OPTIONS: readonly Option[] = [DRY_RUN, YES];

export const FORCE: Option = {
  name: "force",
  about: "go on in spite of problems; a harmful name, a link, a credential or a missing entry stays refused",
};

export const RAISE_VERSION: Option = {
  name: "raise-version",
  about: "first write the next version into the plugin's own files, for hosts that pass over one that they have seen",
};
