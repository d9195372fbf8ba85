/**
 * Writes what is made from the schema of settings: configs/schema.json for editors and docs/CONFIGURATION.md for
 * people. `deno task settings`; a test holds both current.
 */
import { settingsJsonSchema } from "popagent/adapters/config/json_schema.ts";
import { resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { type SettingRow, settingSections } from "popagent/adapters/config/setting_rows.ts";

const PAGE = new URL("../docs/CONFIGURATION.md", import.meta.url);
/** Line of the page above what is made; all above it is written by hand. */
const MADE = "<!-- made by `deno task settings` from the schema; what stands below is not to be edited -->";

/** The files by URL, as they should be. */
export async function settingsFiles(): Promise<ReadonlyMap<string, string>> {
  const [written = ""] = (await Deno.readTextFile(PAGE)).split(MADE);
  return new Map([
    [
      new URL("../configs/schema.json", import.meta.url).href,
      `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`,
    ],
    [PAGE.href, `${written}${MADE}\n\n${sections()}\n`],
  ]);
}

function sections(): string {
  return settingSections(resolveSettings([], { learns: false })).map(({ group, meaning, rows }) => {
    const title = group === "" ? "## The run as a whole" : `## ${group}\n\n${meaning}.`;
    return `${title.replace("<", "\\<")}\n\n${table(rows)}`;
  }).join("\n\n");
}

/** A Markdown table with columns as wide as the formatter makes them. */
function table(settings: readonly SettingRow[]): string {
  const rows = [
    ["setting", "default", "may be", "meaning"],
    ...settings.map((one) => [
      `\`${one.key}\``,
      one.required ? "must be stated" : `\`${shownDefault(one.default)}\``,
      one.range.replaceAll("|", "\\|"),
      one.meaning.replaceAll("|", "\\|").replaceAll("<", "\\<"),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  return [line(rows[0]!), line(widths.map((width) => "-".repeat(width))), ...rows.slice(1).map(line)].join(
    "\n",
  );
}

function shownDefault(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "").replaceAll(",", ", ");
}

if (import.meta.main) {
  for (const [file, text] of await settingsFiles()) await Deno.writeTextFile(new URL(file), text);
}
