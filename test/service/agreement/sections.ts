// Tables of what hosts do, their rows below the heading of the contract's section that tells it, so that a changed section
// leads to its rows; a test's title begins with the heading.

export type Sections<Row> = Readonly<Record<string, readonly Row[]>>;

export function rowsOf<Row>(sections: Sections<Row>): (readonly [section: string, row: Row])[] {
  return Object.entries(sections).flatMap(([section, rows]) => rows.map((row) => [section, row] as const));
}
