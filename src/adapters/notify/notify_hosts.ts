/** The hosts that the environment's channels reach: what a task may be allowed. */
import type { Environment } from "../llm/secrets.ts";
import { mailServer } from "./mail_settings.ts";
import { SLACK_VARIABLE, slackWebhook } from "./slack_notifier.ts";

/** A port of this machine on which nobody listens: a list of permissions may not be empty. */
const NOBODY = "127.0.0.1:9";

/** Hosts with ports, each of a form that is nothing but that. @throws {UserError} If a variable is wrong. */
export function notifyHosts(environment: Environment): readonly string[] {
  const slack = (environment(SLACK_VARIABLE) ?? "").trim() === "" ? null : new URL(slackWebhook(environment));
  const mail = mailServer(environment);
  const hosts = [
    ...(slack === null ? [] : [`${slack.hostname}:${slack.port || "443"}`]),
    ...(mail === null ? [] : [`${mail.host}:${mail.port}`]),
  ];
  return hosts.length > 0 ? hosts : [NOBODY];
}
