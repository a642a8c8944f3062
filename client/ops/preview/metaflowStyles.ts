// The style sheet that the Metaflow page gives to plugins whose document it can reach, in its effect: custom properties and
// the look of text, links, tables and buttons. The page has no dark form of it.

export const applicationStyles = `
:root { --color-primary: #146ee6; --color-text-primary: #333; --color-text-secondary: #666; --color-text-light: #767676;
  --color-text-highlight: #0c66de; --color-text-danger: #e6786c; --color-bg-danger: #e6786c; --color-bg-primary: #fff;
  --color-bg-secondary: rgba(0, 0, 0, 0.03); --color-bg-secondary-highlight: #e4f0ff; --color-bg-success: #4c9878;
  --color-bg-warning: #dbad34; --color-border-primary: #d0d0d0; --font-size-primary: 0.875rem; --radius-primary: 0.25rem;
  --font-family-code: "Roboto Mono", monospace; ${spacings()} }
body { font-family: Roboto, system-ui, sans-serif; color: var(--color-text-primary); }
a { color: #0c66de; }
table { width: 100%; }
th, td { padding: 0.5rem 1rem; font-size: 0.875rem; text-align: left; border: 1px solid #fff; }
th { background: #fff; font-weight: 400; white-space: nowrap; }
td { background: rgba(0, 0, 0, 0.03); }
td:hover { background: #e4f0ff; }
button { display: flex; align-items: center; justify-content: center; outline: 0; border-radius: 4px;
  border: 1px solid #d0d0d0; min-height: 1.75rem; }
button:disabled { color: grey; cursor: not-allowed; }
`;

/** Seventeen steps from a quarter of a rem to six. */
function spacings(): string {
  const steps = [0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6];
  return steps.map((rem, at) => `--spacing-${at + 1}: ${rem}rem;`).join(" ");
}
