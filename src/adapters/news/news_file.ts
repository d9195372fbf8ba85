/** Files of news: JSONL, an item a line, sorted by id. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { type StoredItem, storedItemSchema } from "../../news/stored_item.ts";
import { PROJECT } from "../files/project.ts";
import { atPath } from "../files/system_error.ts";

/** Where a file of news is: counted from the working folder, else from the project's, from which commands count. */
export function newsFileNear(path: string): string {
  return existsSync(path) ? path : resolve(PROJECT, path);
}

/** Reads a file of news. @throws {UserError} If it is not there, or a line is no item: file, line and rule. */
export async function readNewsFile(path: string): Promise<StoredItem[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw atPath("read news in", path, error);
  }
  return text.split("\n").flatMap((line, i) => line.trim() === "" ? [] : [itemIn(line, path, i + 1)]);
}

function itemIn(line: string, path: string, number: number): StoredItem {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UserError(
      `Cannot read news in ${printable(path)} as line ${number} must be JSON: it begins ${
        printable(line, 60)
      }`,
    );
  }
  const parsed = storedItemSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path: field, message } = parsed.error.issues[0]!;
  throw new UserError(
    `Cannot read news in ${printable(path)} as line ${number} must be an item: ${
      field.join(".")
    }: ${message}. ` +
      "docs/NEWS.md says what a line holds.",
  );
}

/** The text of a file of news. */
export function newsText(items: readonly StoredItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}
