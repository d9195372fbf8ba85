import { Command } from "@commander-js/extra-typings";
import { settingsJsonSchema } from "../../adapters/config/json_schema.ts";
import { nearestKeys } from "../../core/nearest.ts";
import { settingCatalogue } from "../../adapters/config/resolve_settings.ts";
import { type SettingRow, type SettingSection, settingSections } from "../../adapters/config/setting_rows.ts";
import { printable } from "../../adapters/config/written.ts";
import { UserError } from "../../core/user_error.ts";
import { resolvedOf, withConfigFlags } from "../config_options.ts";
import { configText } from "../config_text.ts";
import { say, tell } from "../print.ts";

const EXAMPLES = `
A value is a default unless a file (--config), a flag or --set gives it; --set goes before flags, flags before
the file. Nothing is run, and no bars are looked for. docs/CONFIGURATION.md says how values are written.

Examples:
  deno task popagent config                                    every setting
  deno task popagent config population.                        those of one group
  deno task popagent config tau                                those with tau in their path
  deno task popagent config --config configs/smoke.yaml        what this file comes to, line by line
  deno task popagent config --set population.transferTau=0.2   what this would change
  deno task popagent config --schema                           the JSON schema, for editors`;

/** popagent config: what every setting is, and why. */
export function configCommand() {
  return withConfigFlags(new Command("config").argument("[filter]", "a part of the paths to show"))
    .option("--schema", "print the JSON schema of a file of settings")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (filter, flags) => {
      if (flags.schema) return say(JSON.stringify(settingsJsonSchema(), null, 2));
      const resolved = await resolvedOf(flags, [], false);
      for (const note of resolved.notes) tell(`Note: ${note}.`);
      const sections = filtered(settingSections(resolved), filter ?? "");
      if (flags.json) say(JSON.stringify(sections.flatMap(({ rows }) => rows.map(plain))));
      else say(configText(sections));
    });
}

/** A row as JSON: `from` is { kind, file, line, flag, was }, those that it has. */
function plain({ from: { origin, was }, ...row }: SettingRow) {
  return { ...row, from: { ...origin, was } };
}

/** The rows whose path holds a text, in whatever case. */
function filtered(sections: readonly SettingSection[], filter: string): SettingSection[] {
  const asked = filter.toLowerCase();
  const left = sections
    .map((section) => ({
      ...section,
      rows: section.rows.filter(({ key }) => key.toLowerCase().includes(asked)),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (left.length > 0) return left;
  const near = nearestKeys(filter, settingCatalogue().settings.map(({ path }) => path));
  const how = near.length === 0 ? "leave it out to see all" : `did you mean ${near.join(" or ")}?`;
  throw new UserError(`Cannot list settings as none has ${printable(filter)} in its path: ${how}`);
}
