/** One column of a table. */
export interface Column {
  /** Set above the column. */
  readonly label: string;
  /** Numbers stand right. */
  readonly align: "left" | "right";
  /** What the column means, with its unit; a page may show it as a hint or a legend. */
  readonly hint: string;
}

/** One row: a text for every column. A strong row is what the table is about. */
export interface Row {
  /** One for each column. */
  readonly cells: readonly string[];
  /** True for what the table is about. */
  readonly strong: boolean;
}

/** A table as data: plain text, escaped by whoever writes it out. */
export interface Table {
  /** Stem of its file name, unique in a report. */
  readonly name: string;
  /** Set above it. */
  readonly title: string;
  /** How to read it. */
  readonly caption: string;
  /** From left to right. */
  readonly columns: readonly Column[];
  /** From top to bottom. */
  readonly rows: readonly Row[];
}
