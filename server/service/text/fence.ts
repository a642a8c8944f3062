// Told by the parser's words and where lines that are none of YAML are taken out.

export const FENCE = "this line belongs to Markdown, not to YAML; remove it";
