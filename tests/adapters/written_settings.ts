import assert from "node:assert/strict";
import { parseAssignment } from "popagent/adapters/config/assignment.ts";
import { type ResolvedSettings, resolveSettings } from "popagent/adapters/config/resolve_settings.ts";
import { settingsIn } from "popagent/adapters/config/settings_file.ts";
import { UserError } from "popagent/core/user_error.ts";

/** The settings of a file my.yaml with this text, and of --set for each of `sets`. */
export function resolved(yaml: string, ...sets: readonly string[]): ResolvedSettings {
  return resolveSettings([...settingsIn(yaml, "my.yaml"), ...sets.map(parseAssignment)], { learns: true });
}

/** The lines of the error that such settings cause, without its first; none where they are accepted. */
export function complaints(yaml: string, ...sets: readonly string[]): string[] {
  try {
    resolved(yaml, ...sets);
    return [];
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    const [first, ...lines] = error.message.split("\n");
    assert.equal(first, "Cannot run as the configuration breaks a rule:");
    return lines.map((line) => line.trimStart());
  }
}
