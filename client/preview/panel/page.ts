// The document of a preview: one script and one style sheet of ours, a policy that allows nothing else, and frames of the
// previewed page's own origin alone.

export interface PageParts {
  /** Which of the script's views to start. */
  readonly view: string;
  readonly title: string;
  readonly nonce: string;
  readonly script: string;
  readonly styles: string;
  /** Where styles and pictures of ours come from, in the policy's words. */
  readonly cspSource: string;
  /** Origins that may be framed. */
  readonly frames: readonly string[];
  readonly isWeb: boolean;
}

export function pageOf({ view, title, nonce, script, styles, cspSource, frames, isWeb }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
    `frame-src ${frames.length > 0 ? frames.join(" ") : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(styles)}">
</head>
<body data-view="${escaped(view)}" data-web="${isWeb}">
<main id="root"><p class="empty-note">Loading …</p></main>
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
