/** Channels from their routes. */
import type { Notifier } from "../../admin/notices/notifier.ts";
import type { NoticeRoute } from "../../admin/notices/route.ts";
import type { Environment } from "../llm/secrets.ts";
import { fileNotifier } from "./file_notifier.ts";
import { mailSettings } from "./mail_settings.ts";
import { slackNotifier, slackWebhook } from "./slack_notifier.ts";

/** A channel with what it is sent. */
export interface OpenRoute {
  readonly route: NoticeRoute;
  readonly notifier: Notifier;
}

/** Opens channels. @throws {UserError} If a variable is missing or wrong, or a file cannot be written. */
export function openNotifiers(
  routes: readonly NoticeRoute[],
  environment: Environment,
): Promise<readonly OpenRoute[]> {
  return Promise.all(
    routes.map(async (route) => ({ route, notifier: await opened(route, environment) })),
  );
}

async function opened({ kind, path }: NoticeRoute, environment: Environment): Promise<Notifier> {
  if (kind === "file") return fileNotifier(path);
  if (kind === "slack") return slackNotifier(slackWebhook(environment), { fetch, now: Date.now });
  const settings = mailSettings(environment);
  const { mailNotifier } = await import("./mail_notifier.ts"); // nobody else loads a mail client
  return mailNotifier(settings);
}
