import { createHash } from "node:crypto";

/**
 * JSON text with object keys sorted, so that equal values have equal text.
 *
 * @throws {TypeError} If a number is not finite or a value is not JSON; the path is named.
 */
export function canonicalJson(value: unknown, path = "$"): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new TypeError(
        `Cannot write canonical JSON as ${path} must be a finite number: current value is ${value}`,
      );
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => canonicalJson(item, `${path}[${i}]`)).join(",")}]`;
  }
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (typeof value === "object" && (prototype === Object.prototype || prototype === null)) {
    const entries = Object.entries(value as Record<string, unknown>).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${
      entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, `${path}.${key}`)}`).join(
        ",",
      )
    }}`;
  }
  throw new TypeError(
    `Cannot write canonical JSON as ${path} must be a JSON value: current value is ${String(value)}`,
  );
}

/** SHA-256 of text or bytes, in lower-case hex (64 characters). */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of the canonical JSON of a value. */
export function hashJson(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** SHA-256 over the bytes of several columns, in order, each preceded by its length. */
export function hashColumns(columns: readonly Float64Array[]): string {
  const hash = createHash("sha256");
  for (const column of columns) {
    hash.update(`${column.length};`);
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest("hex");
}
