/** Faults of a header, and of the files of a folder among one another. */
import type { Fault, FaultPut, Refusal } from "./faults.ts";
import { type CsvDraft, type FolderDraft, oneOf } from "./valid_folder.ts";

/** Takes columns out of a file. */
function without({ cells }: CsvDraft, headers: readonly string[]): void {
  for (const header of headers) {
    const at = cells[0]!.indexOf(header);
    if (at >= 0) { for (const line of cells) line.splice(at, 1); }
  }
}

/** A fault of the header that all files share. */
function header(
  name: string,
  rule: RegExp,
  put: (files: readonly CsvDraft[], folder: FolderDraft) => boolean,
): Fault {
  return {
    name,
    put: (folder) => put(folder.files, folder) ? { refusal: { file: 0, line: null, rule } } : null,
  };
}

/** A fault of a later file beside an earlier one; drafts of one coin have no place for it. */
function between(
  name: string,
  put: (later: CsvDraft, folder: FolderDraft) => Omit<Refusal, "file"> | null,
): Fault {
  return {
    name,
    put(folder): FaultPut | null {
      if (folder.files.length < 2) return null;
      const file = folder.files.length - 1;
      const refusal = put(folder.files[file]!, folder);
      return refusal && { refusal: { ...refusal, file } };
    },
  };
}

const rename = (files: readonly CsvDraft[], from: string, to: string) => {
  const at = files[0]!.cells[0]!.indexOf(from);
  if (at < 0) return false;
  for (const { cells } of files) cells[0]![at] = to;
  return true;
};

export const FOLDER_FAULTS: readonly Fault[] = [
  header("a needed column missing", /lacks (timestamp_utc|open|high|low|close)/, (files, { random }) => {
    const name = oneOf(random, ["timestamp_utc", "open", "high", "low", "close"]);
    files.forEach((file) => without(file, [name]));
    return true;
  }),
  header("neither volume nor turnover", /lacks volume or turnover/, (files) => {
    files.forEach((file) => without(file, ["volume", "turnover"]));
    return true;
  }),
  header("half of the marks", /lacks mark_/, (files, { random }) => {
    if (!files[0]!.cells[0]!.includes("mark_open")) return false;
    const part = oneOf(random, ["open", "high", "low", "close"]);
    files.forEach((file) => without(file, [`mark_${part}`]));
    return true;
  }),
  header("a misspelt column", /must name (funding_rate|oi_btc|long_ratio) so/, (files, { random }) => {
    const [from, to] = oneOf(random, [
      ["funding_rate", "funding"],
      ["funding_rate", "fundingRate"],
      ["funding_rate", "fundnig_rate"],
      ["oi_btc", "open_interest"],
      ["oi_btc", "OI"],
      ["long_ratio", "long ratio"],
      ["long_ratio", "long_rtio"],
    ]);
    return rename(files, from!, to!);
  }),
  header("a needed column in capitals", /lacks (open|close)/, (files, { random }) => {
    const name = oneOf(random, ["open", "close"]);
    return rename(files, name, name.toUpperCase());
  }),
  between("a later start", ({ cells }) => {
    cells.splice(1, 1);
    return { line: 2, rule: /all coins must cover the same times .* starts at/ };
  }),
  between("an earlier end", ({ cells }) => {
    cells.pop();
    return { line: cells.length, rule: /all coins must cover the same times .* ends at/ };
  }),
  between("another coin's columns", (later, { random }) => {
    const optional = later.cells[0]!.filter((name) => /^(funding_rate|oi_btc|long_ratio)$/.test(name));
    if (optional.length === 0) return null;
    without(later, [oneOf(random, optional)]);
    return { line: null, rule: /all coins must have the same columns/ };
  }),
  between("another coin's bars", (later, { files }) => {
    later.cells = files[0]!.cells.map((line) => [...line]);
    return { line: null, rule: /each coin must have bars of its own/ };
  }),
];
