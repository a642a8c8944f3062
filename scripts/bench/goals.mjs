// What we aim at, as ratios to the peer or the floor in the same run; absolute times say little about a shared machine.

/** Least ratio peer / ours by size, for YAML beside yaml-language-server and JSON beside VS Code's JSON server. */
const TIMES = {
  keystroke: { yaml: { 10: 60, 1000: 60, 10000: 100 } },
  cpuPerEdit: { yaml: { 10: 8, 1000: 60, 10000: 200 }, json: { 10: 1.5, 1000: 3, 10000: 10 } },
  completion: { yaml: { 10: 4, 1000: 60, 10000: 200 } },
  hover: { yaml: { 10: 1, 1000: 5, 10000: 30 } },
  burst: { yaml: { 100: 15, 1000: 40, 10000: 60 } },
  diagnostics: { yaml: { 3: 3.5 } },
  memoryAfterOpen: { yaml: { 10000: 2 } },
  memoryAfterEdits: { yaml: { 1000: 2.5 } },
};

export const goalOf = (measure, { languageId, count }) => TIMES[measure]?.[languageId]?.[count];

/** Cold start to the first right diagnostics, ours / floor, at most. */
export const COLD_FLOOR = 2;
