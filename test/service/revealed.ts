// What a fix brings to light in a fixture, each with the reason. Everywhere else a fix brings nothing new.

const RENAMED = "under its right name the field's value is looked at";

export const REVEALED: Readonly<Record<string, readonly [code: string, reason: string]>> = {
  "buntime/misspelt-field-entry": [
    "buntime/entry-missing",
    "under its right name the field is read, and its file looked for",
  ],
  "buntime/import-missing#1": ["buntime/entry-imports", "a file that is found is one that a reload won't read again"],
  "metaflow/password-in-address": [
    "metaflow/auth-unusable",
    "the address held a user alone; the password is the author's to add",
  ],
  "broken/metaflow#29": ["metaflow/ref-default", "out of the list it is read as a value"],
  "broken/metaflow#62": ["metaflow/slot-missing", "out of the list it is read as a manifest"],
  "broken/metaflow#35": ["metaflow/ref-never-follows", RENAMED],
  "broken/openjourney#22": ["openjourney/wrong-type", RENAMED],
  "broken/openjourney#29": ["openjourney/deprecated", "the near name is an old one, for want of another"],
  "broken/openjourney#33": ["openjourney/wrong-type", RENAMED],
  "broken/openjourney#74": ["openjourney/wrong-type", RENAMED],
  "broken/openjourney#84": ["openjourney/wrong-type", RENAMED],
  "broken/openjourney#86": ["openjourney/wrong-type", RENAMED],
  "openjourney/patch-empty-file-string": [
    "openjourney/patch-path-or-patch",
    "an empty entry stays empty in its new form",
  ],
  "openjourney/patch-json-pointer": ["openjourney/patch-json-path-absent", "a pointer that can be read is followed"],
  "openjourney/unlisted": ["openjourney/name-mismatch", "a listed file is looked into"],
  "syntax/yaml#10": ["openjourney/image-no-match", "once the resources are read, images are looked for in them"],
  "skypilot/parameter-outside-right": [
    "skypilot/parameter-outside",
    "without the unknown field all that is left is known",
  ],
  "skypilot/key-not-text": ["skypilot/null-field", "a key that is text is compared with the known ones"],
};
