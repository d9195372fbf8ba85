/**
 * The columns of one coin's bars as bytes: eight letters that name the form, the CRC-32 of all that follows and the
 * length of the header (32 bits each), the header in JSON, and one column after another in doubles of 8 bytes, little
 * endian as on every machine that Deno runs on. A column is copied out of the bytes: none shares memory with another.
 */
import { crc32 } from "node:zlib";
import type { Coin } from "../../core/universe.ts";
import { DERIVED_NAMES, type DerivedBars, type DerivedName } from "../../market/derived_columns.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import type { CoinFile } from "./bybit_file.ts";

/** What a file of columns holds: a CSV's bars, whatever it was called. */
export type FileColumns = Omit<CoinFile, "file">;

interface Header {
  readonly rows: number;
  readonly missing: readonly ColumnName[];
  readonly derived: readonly DerivedName[];
}

const FORM = "POPBARS1", LENGTH_AT = 12, HEADER_AT = 16;

/** The bytes of a coin's columns. */
export function columnBytes({ openTime, bars, missing, derived }: FileColumns): Uint8Array {
  const names = DERIVED_NAMES.filter((name) => derived[name] !== undefined);
  const header = new TextEncoder().encode(JSON.stringify({ rows: openTime.length, missing, derived: names }));
  const columns = [
    openTime,
    ...COLUMN_NAMES.map((name) => bars[name]),
    ...names.map((name) => derived[name]!),
  ];
  const bytes = new Uint8Array(HEADER_AT + header.length + columns.length * openTime.byteLength);
  bytes.set(new TextEncoder().encode(FORM));
  bytes.set(header, HEADER_AT);
  columns.forEach(({ buffer, byteOffset, byteLength }, i) =>
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), HEADER_AT + header.length + i * byteLength)
  );
  const view = new DataView(bytes.buffer);
  view.setUint32(LENGTH_AT, header.length, true);
  view.setUint32(LENGTH_AT - 4, crc32(bytes.subarray(LENGTH_AT)), true);
  return bytes;
}

/** The columns that bytes hold; null if they are cut, changed or of another form. */
export function columnsIn(bytes: Uint8Array, coin: Coin): FileColumns | null {
  if (bytes.length < HEADER_AT || new TextDecoder().decode(bytes.subarray(0, FORM.length)) !== FORM) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(LENGTH_AT - 4, true) !== crc32(bytes.subarray(LENGTH_AT))) return null;
  const start = HEADER_AT + view.getUint32(LENGTH_AT, true);
  const { rows, missing, derived } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(HEADER_AT, start)),
  ) as Header;
  const column = (i: number) =>
    new Float64Array(bytes.slice(start + 8 * rows * i, start + 8 * rows * (i + 1)).buffer);
  const named = (names: readonly string[], first: number) =>
    Object.fromEntries(names.map((name, i) => [name, column(first + i)]));
  return {
    openTime: column(0),
    bars: { coin, ...named(COLUMN_NAMES, 1) } as CoinBars,
    missing,
    derived: { coin, ...named(derived, 1 + COLUMN_NAMES.length) } as DerivedBars,
  };
}
