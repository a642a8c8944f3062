// The line ends of old Macs, which YAML has too (YAML 1.2, 5.4) and the `yaml` package takes for blanks.

const LONE_RETURN = /\r(?!\n)/g;

export const hasLoneReturn = (text: string): boolean => text.includes("\r") && text.search(LONE_RETURN) >= 0;

/** The same text with line feeds in their place. */
export const withFeeds = (text: string): string => (text.includes("\r") ? text.replace(LONE_RETURN, "\n") : text);
