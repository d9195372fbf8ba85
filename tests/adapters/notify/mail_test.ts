import assert from "node:assert/strict";
// @ts-types="./smtp_server.d.ts"
import { SMTPServer } from "smtp-server";
import { mailNotifier } from "popagent/adapters/notify/mail_notifier.ts";
import { type MailSettings, mailSettings } from "popagent/adapters/notify/mail_settings.ts";
import { CANARY, never, notice } from "./small_notices.ts";

interface Mail {
  readonly text: string;
  readonly to: readonly string[];
}

/** A real SMTP server on this machine. @param password What it takes. */
async function mailServer(given: { password?: string; refuse?: number; hidden?: boolean } = {}) {
  const mails: Mail[] = [], logins: string[] = [];
  const server = new SMTPServer({
    authOptional: given.password === undefined,
    allowInsecureAuth: true,
    disabledCommands: given.hidden ? ["STARTTLS"] : [],
    onAuth: ({ username, password }, _, done) => {
      logins.push(password);
      if (password === given.password) return done(null, { user: username });
      done(Object.assign(new Error(`no ${password}`), { responseCode: 535 }));
    },
    onRcptTo: (_, __, done) =>
      done(
        given.refuse === undefined
          ? null
          : Object.assign(new Error(`not now ${CANARY}`), { responseCode: given.refuse }),
      ),
    onData: (stream, { envelope }, done) => {
      let text = "";
      stream.on("data", (part: Uint8Array) => text += new TextDecoder().decode(part));
      stream.on("end", () => {
        mails.push({ text, to: envelope.rcptTo.map(({ address }) => address) });
        done(null, "taken");
      });
    },
  });
  server.on("error", () => {}); // a client that goes away
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  const settings: MailSettings = {
    host: "127.0.0.1",
    port,
    security: "none",
    account: given.password === undefined ? null : { user: "popagent", password: given.password },
    from: "popagent@example.org",
    to: ["a@example.org", "b@example.org"],
  };
  return {
    mails,
    logins,
    settings,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

Deno.test("mail is taken by a real server: subject in one line, page attached, the same id each time", async () => {
  await using server = await mailServer({ password: CANARY });
  const page = await Deno.makeTempFile({ suffix: ".html" });
  await Deno.writeTextFile(page, "<p>report</p>");
  try {
    const sent = notice({ title: "CRITICAL x\r\nBcc: evil@example.org", files: ["a.txt", page] });
    const channel = mailNotifier(server.settings, 5000);
    assert.deepEqual(await channel.send(sent, false, never), { sent: true });
    assert.deepEqual(await channel.send(sent, true, never), { sent: true });
    const [first, second] = server.mails;
    assert.deepEqual(first!.to, ["a@example.org", "b@example.org"]);
    assert.match(first!.text, /^Subject: \[PopAgent\] small: CRITICAL x Bcc: evil@example\.org\r?$/m);
    assert.ok(first!.text.includes(btoa("<p>report</p>")));
    assert.doesNotMatch(first!.text, /May have come before/);
    assert.match(second!.text, /May have come before/);
    const ids = [first!, second!].map(({ text }) => /^Message-ID: (.*)$/im.exec(text)![1]);
    assert.equal(ids[0], ids[1]);
  } finally {
    await Deno.remove(page);
  }
});

Deno.test("mail: a wrong password is never tried again and not said; 4xx is later, 5xx never, nobody there later", async () => {
  await using closed = await mailServer({ password: "right" });
  const account = { user: "popagent", password: CANARY };
  const wrong = await mailNotifier({ ...closed.settings, account }, 5000).send(notice(), false, never);
  assert.ok(!wrong.sent && wrong.never, JSON.stringify(wrong));
  assert.match(wrong.why, /EAUTH/);
  assert.ok(!wrong.why.includes(CANARY), wrong.why);
  for (const [refuse, isNever] of [[451, false], [550, true]] as const) {
    await using server = await mailServer({ refuse });
    const settings = { ...server.settings, account: null };
    const delivery = await mailNotifier(settings, 5000).send(notice(), false, never);
    assert.ok(!delivery.sent && delivery.never === isNever, JSON.stringify(delivery));
  }
  const nobody = await mailNotifier({ ...closed.settings, port: 9 }, 5000).send(notice(), false, never);
  assert.ok(!nobody.sent && !nobody.never && !nobody.maybe, JSON.stringify(nobody));
});

Deno.test("no password goes over a line that is not encrypted, or to a server whose certificate is nobody's", async () => {
  for (const hidden of [true, false]) {
    await using server = await mailServer({ password: CANARY, hidden });
    const settings = { ...server.settings, security: "starttls" as const };
    const delivery = await mailNotifier(settings, 5000).send(notice(), false, never);
    assert.ok(!delivery.sent, "sent");
    assert.deepEqual([server.logins, server.mails], [[], []]);
  }
});

Deno.test("mail settings: from the environment, encrypted but on this machine, missing ones named, no value shown", () => {
  const all = {
    POPAGENT_SMTP_HOST: "mail.example.org",
    POPAGENT_SMTP_USER: "me",
    POPAGENT_SMTP_PASSWORD: CANARY,
    POPAGENT_MAIL_FROM: "a@example.org",
    POPAGENT_MAIL_TO: "b@example.org, c@example.org",
  };
  const read = (values: Record<string, string>) => mailSettings((name) => values[name]);
  const { port, security, to } = read(all);
  assert.deepEqual([port, security, to], [587, "starttls", ["b@example.org", "c@example.org"]]);
  assert.equal(read({ ...all, POPAGENT_SMTP_PORT: "465" }).security, "tls");
  assert.equal(read({ ...all, POPAGENT_SMTP_HOST: "127.0.0.1" }).security, "none");
  assert.throws(() => read({}), /POPAGENT_SMTP_HOST, POPAGENT_MAIL_FROM, POPAGENT_MAIL_TO must be set/);
  assert.throws(
    () => read({ ...all, POPAGENT_SMTP_PASSWORD: `${CANARY} x` }),
    (error: Error) => /POPAGENT_SMTP_PASSWORD/.test(error.message) && !error.message.includes(CANARY),
  );
  assert.throws(() => read({ ...all, POPAGENT_MAIL_TO: "b@example.org\nBcc: x@y.z" }), /mail addresses/);
});
