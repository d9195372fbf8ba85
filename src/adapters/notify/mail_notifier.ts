/** Mail by SMTP. */
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { basename } from "node:path";
import { createTransport } from "nodemailer";
import { mailMessage } from "../../admin/notices/mail_message.ts";
import type { Delivery, Notifier } from "../../admin/notices/notifier.ts";
import { failed } from "./failure.ts";
import type { MailSettings } from "./mail_settings.ts";
import { patience } from "./patience.ts";

/** ms between two mails, and that one may take. */
const GAP_MS = 1000, PATIENCE_MS = 60_000;

/** What an error of the mail client says. */
interface MailError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Opens the channel. @param patienceMs ms that a mail may take. */
export function mailNotifier(settings: MailSettings, patienceMs = PATIENCE_MS): Notifier {
  const { host, port, security, account, from, to } = settings;
  const secrets = secretsOf(account);
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls", // no password goes over a line that is not encrypted
    ignoreTLS: security === "none",
    name: "popagent.invalid", // said to the server instead of this machine's name
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 2 * patienceMs,
    greetingTimeout: 2 * patienceMs,
    socketTimeout: 2 * patienceMs, // our own patience is the shorter one
    ...(account === null ? {} : { auth: { user: account.user, pass: account.password } }),
    // The client would ask name servers itself and dial a number; Deno's permissions are by name.
    getSocket: (_options: unknown, done: (error: Error | null, parts?: object) => void) => {
      const socket = connect({ host, port });
      const fail = (error: Error) => done(error);
      socket.once("error", fail);
      socket.once("connect", () => {
        socket.off("error", fail);
        done(null, { connection: socket });
      });
    },
  });
  const send: Notifier["send"] = async (notice, again, until) => {
    using limit = patience(patienceMs, until);
    const { subject, text, messageId, attachments } = mailMessage(notice, again);
    try {
      await transport.sendMail({
        from,
        to: [...to],
        subject,
        text,
        messageId,
        date: new Date(),
        attachments: await Promise.all(attachments.map(attached)),
        signal: limit.signal,
      });
      return { sent: true };
    } catch (error) {
      return refused(error as MailError, secrets, limit.signal.aborted);
    }
  };
  return { channel: "mail", gapMs: GAP_MS, send };
}

async function attached(path: string) {
  return { filename: basename(path), content: await readFile(path), contentType: "text/html" };
}

/** The password as it is, and as the two ways of logging in write it. */
function secretsOf(account: MailSettings["account"]): readonly string[] {
  if (account === null) return [];
  const { user, password } = account;
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return [password, base64(password), base64(`\0${user}\0${password}`)];
}

/** Codes by which the server, or this machine, says that it will stay so. */
const FOR_GOOD = ["EAUTH", "ENOAUTH", "ETLS", "EENVELOPE", "EMESSAGE", "EPERM", "ENOENT"];

function refused(error: MailError, secrets: readonly string[], cut: boolean): Delivery {
  if (cut) return failed("no answer in time", secrets, { maybe: true });
  const { code = error.name, responseCode, response } = error;
  const never = responseCode === undefined ? FOR_GOOD.includes(code) : responseCode >= 500 || code === "ETLS"; // 4xx: later
  const words = response === undefined ? "" : ` ${response.slice(0, 120)}`;
  const maybe = !never && responseCode === undefined && !["ECONNREFUSED", "ENOTFOUND", "EDNS"].includes(code);
  return failed(`${code}${words}`, secrets, { never, maybe });
}
