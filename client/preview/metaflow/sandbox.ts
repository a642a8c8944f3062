// Which words of `parameters.sandbox` a frame in a web view gets. The page of a genuine host gives all of them; VS Code's own
// frame around every web view holds some back, and two kinds would let a plugin reach VS Code itself.

export interface SandboxVerdict {
  readonly word: string;
  /** One sentence for people. */
  readonly why: string;
}

export interface Surroundings {
  /** VS Code runs in a browser: the preview may then have VS Code's own origin. */
  readonly isWeb: boolean;
}

/** The words that are left out or have no effect here, each with the reason. */
export function heldBack(words: readonly string[], { isWeb }: Surroundings): readonly SandboxVerdict[] {
  return words.flatMap((word) => {
    const why = reasonFor(word, isWeb);
    return why === undefined ? [] : [{ word, why }];
  });
}

function reasonFor(word: string, isWeb: boolean): string | undefined {
  if (word === "allow-same-origin" && isWeb)
    return "left out: in a browser the preview may share its origin with VS Code, and the plugin could reach it. The page's style sheet is put in all the same; storage and cookies work on the host alone";
  if (word.startsWith("allow-top-navigation")) return "left out: the plugin could replace the window of VS Code";
  if (GRANTED.includes(word)) return undefined;
  return KNOWN.includes(word)
    ? "without effect here: VS Code allows no web view this; it works on the host"
    : "is no word that browsers know";
}

const GRANTED = ["allow-scripts", "allow-same-origin", "allow-forms", "allow-pointer-lock", "allow-downloads"];
const KNOWN = [
  "allow-modals",
  "allow-orientation-lock",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
  "allow-presentation",
  "allow-storage-access-by-user-activation",
];

/** As browsers read the attribute: between HTML's own white space, in any case. */
export function sandboxWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\t\n\f\r ]+/)
    .filter((word) => word !== "");
}

/** The words of the attribute that the frame gets. */
export function sandboxFor(words: string, surroundings: Surroundings): string {
  const all = sandboxWords(words);
  const left = heldBack(all, surroundings).filter(({ why }) => why.startsWith("left out"));
  return all.filter((word) => !left.some((one) => one.word === word)).join(" ");
}
