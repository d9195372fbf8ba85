/** One column of a table. */
export interface Column {
  readonly label: string;
  readonly align: "left" | "right";
  /** What the column means, with its unit; a page may show it as a hint or a legend. */
  readonly hint: string;
}

/** One row: a text for every column. A strong row is what the table is about. */
export interface Row {
  readonly cells: readonly string[];
  readonly strong: boolean;
}

/** A table as data: plain text, escaped by whoever writes it out. */
export interface Table {
  /** Stem of its file name, unique in a report. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}
