/** Prints the hosts that the environment's channels reach, for a task's permissions: no other may be reached. */
import { notifyHosts } from "../adapters/notify/notify_hosts.ts";
import { UserError } from "../core/user_error.ts";
import { say, tell } from "./print.ts";

try {
  say(notifyHosts((name) => Deno.env.get(name)).join(","));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  tell(error.message);
  Deno.exit(1);
}
