/** Where mail goes, from the environment and nowhere else. */
import { UserError } from "../../core/user_error.ts";
import { type Environment, keyIn } from "../llm/secrets.ts";

/** The variables that are read. */
export const MAIL_VARIABLES = [
  "POPAGENT_SMTP_HOST",
  "POPAGENT_SMTP_PORT",
  "POPAGENT_SMTP_USER",
  "POPAGENT_SMTP_PASSWORD",
  "POPAGENT_MAIL_FROM",
  "POPAGENT_MAIL_TO",
] as const;

/** A mail server and an account there. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** tls: from the first byte; starttls: before anything else is said; none: to this machine alone. */
  readonly security: "tls" | "starttls" | "none";
  /** Null of a server that asks for none. The password may not be shown or stored. */
  readonly account: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  readonly to: readonly string[];
}

const HOST = /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const ADDRESS = /^[^\s@<>,;:"\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/**
 * Host and port of the mail server; null where none is named.
 *
 * @throws {UserError} If one of the two is none.
 */
export function mailServer(environment: Environment): Pick<MailSettings, "host" | "port"> | null {
  const host = environment("POPAGENT_SMTP_HOST")?.trim() ?? "";
  if (host === "") return null;
  const text = environment("POPAGENT_SMTP_PORT")?.trim() ?? "", port = text === "" ? 587 : Number(text);
  if (!HOST.test(host)) wrong("POPAGENT_SMTP_HOST", "the name of a server");
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) {
    wrong("POPAGENT_SMTP_PORT", "a port, 465 or 587 as a rule");
  }
  return { host, port };
}

/** The settings that are set. @throws {UserError} With what is missing or wrong; the password is not shown. */
export function mailSettings(environment: Environment): MailSettings {
  const server = mailServer(environment);
  const from = environment("POPAGENT_MAIL_FROM")?.trim() ?? "";
  const to = (environment("POPAGENT_MAIL_TO") ?? "").split(",").map((one) => one.trim()).filter(Boolean);
  const user = environment("POPAGENT_SMTP_USER")?.trim() ?? "";
  const password = user === "" ? null : keyIn(environment, "POPAGENT_SMTP_PASSWORD");
  const missing = [
    ...(server === null ? ["POPAGENT_SMTP_HOST"] : []),
    ...(from === "" ? ["POPAGENT_MAIL_FROM"] : []),
    ...(to.length === 0 ? ["POPAGENT_MAIL_TO"] : []),
    ...(user !== "" && password === null ? ["POPAGENT_SMTP_PASSWORD"] : []),
  ];
  if (server === null || missing.length > 0) {
    throw new UserError(
      `Cannot notify by mail as ${
        missing.join(", ")
      } must be set (start it as deno task paper-notify, paper-bybit or one of the -language tasks)`,
    );
  }
  if (!ADDRESS.test(from)) wrong("POPAGENT_MAIL_FROM", "one mail address");
  if (!to.every((one) => ADDRESS.test(one))) wrong("POPAGENT_MAIL_TO", "mail addresses with commas between");
  const isHere = server.host === "127.0.0.1" || server.host === "localhost";
  const security = isHere ? "none" : server.port === 465 ? "tls" : "starttls";
  return { ...server, security, account: password === null ? null : { user, password }, from, to };
}

function wrong(name: string, rule: string): never {
  throw new UserError(
    `Cannot notify by mail as ${name} must be ${rule}: look for a mistake in the environment`,
  );
}
