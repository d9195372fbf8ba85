/**
 * Cassettes packed into one compressed file, so that thousands of them can be committed: cassettes.jsonl.gz, a line each,
 * in the order of their hashes. Prompts repeat, so that a pack takes a tenth of the files' room.
 */
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { UserError } from "../../core/user_error.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { atPath } from "../files/system_error.ts";

/** Texts of cassettes by hash. */
export type CassettePack = ReadonlyMap<string, string>;

const PACK = "cassettes.jsonl.gz";
const packs = new Map<string, Promise<CassettePack>>(); // read once a process: a pack does not change under it

/** The pack of a folder; empty where there is none. @throws {UserError} If it is damaged. */
export function packIn(folder: string): Promise<CassettePack> {
  const known = packs.get(folder) ?? readPack(join(folder, PACK));
  packs.set(folder, known);
  return known;
}

/** Writes every text, by its hash, into the pack of a folder; the same texts give the same bytes. */
export async function writePack(folder: string, texts: CassettePack): Promise<string> {
  const path = join(folder, PACK);
  const lines = [...texts].sort(([a], [b]) => a < b ? -1 : 1).map(([, text]) => `${text.trim()}\n`);
  await writeFileAtomic(path, new Uint8Array(gzipSync(lines.join(""), { level: 9 })));
  packs.delete(folder);
  return path;
}

/** What a folder was packed into. */
export interface Packed {
  readonly path: string;
  readonly cassettes: number;
}

/** Packs the cassettes of a folder that are files of their own beside those that are packed, and removes the files. */
export async function packFolder(folder: string): Promise<Packed> {
  const texts = new Map(await packIn(folder)), folders: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory || !/^[0-9a-f]{2}$/.test(name)) continue;
    folders.push(join(folder, name));
    for await (const file of Deno.readDir(join(folder, name))) {
      texts.set(file.name.replace(/\.json$/, ""), await Deno.readTextFile(join(folder, name, file.name)));
    }
  }
  const path = await writePack(folder, texts);
  for (const one of folders) await Deno.remove(one, { recursive: true });
  return { path, cassettes: texts.size };
}

async function readPack(path: string): Promise<CassettePack> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw atPath("read", path, error);
  }
  try {
    const lines = gunzipSync(bytes).toString("utf8").split("\n").filter((line) => line !== "");
    return new Map(lines.map((line) => [String(JSON.parse(line).hash), line]));
  } catch (cause) {
    throw new UserError(`Cannot read ${path} as it must be a pack of cassettes: it was cut or changed`, {
      cause,
    });
  }
}
