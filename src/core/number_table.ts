/** Numbers in named columns of one length. */
export type NumberTable = Readonly<Record<string, Float64Array>>;

/** Tables by name. */
export type NumberTables = Readonly<Record<string, NumberTable>>;

/** Columns one after another. */
export function joinColumns(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Tables of the same columns, one below another; none give a table without columns. */
export function joinTables(tables: readonly NumberTable[]): NumberTable {
  return mapColumns(tables[0] ?? {}, (_, name) => joinColumns(tables.map((table) => table[name]!)));
}

/** Every column changed alike. */
export function mapColumns<Value>(
  table: Readonly<Record<string, Value>>,
  change: (column: Value, name: string) => Float64Array,
): NumberTable {
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, change(column, name)]));
}

/** Numbers in named columns as JSON can hold them. */
export type PlainColumns = Readonly<Record<string, readonly number[]>>;

/** A table as JSON can hold it; values survive the round trip but for the sign of a zero. */
export function columnsOfTable(table: NumberTable): PlainColumns {
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, Array.from(column)]));
}

/** The table that `columnsOfTable` wrote. */
export function tableFromColumns(columns: PlainColumns): NumberTable {
  return mapColumns(columns, (column) => Float64Array.from(column));
}

/** Tables by name as JSON can hold them. */
export function columnsOfTables(tables: NumberTables): Readonly<Record<string, PlainColumns>> {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, columnsOfTable(table)]));
}

/** The tables that `columnsOfTables` wrote. */
export function tablesFromColumns(stored: Readonly<Record<string, PlainColumns>>): NumberTables {
  return Object.fromEntries(
    Object.entries(stored).map(([name, columns]) => [name, tableFromColumns(columns)]),
  );
}
