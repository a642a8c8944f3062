// How closely a server's plugins are looked at.

export interface Look {
  readonly step: string;
  /** Whether the plugins' modules are imported for it. A list that is refreshed again and again runs no code of a plugin. */
  readonly imports: boolean;
}
