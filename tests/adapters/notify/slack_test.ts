import assert from "node:assert/strict";
import fc from "fast-check";
import { notifyHosts } from "popagent/adapters/notify/notify_hosts.ts";
import { slackNotifier, slackWebhook } from "popagent/adapters/notify/slack_notifier.ts";
import { slackMessage } from "popagent/admin/notices/slack_message.ts";
import { faultOf, slackServer } from "./slack_server.ts";
import { CANARY, never, notice } from "./small_notices.ts";

const open = (webhook: string, patienceMs = 5000) =>
  slackNotifier(webhook, { fetch, now: Date.now, patienceMs, gapMs: 0 });

Deno.test("slack takes an alert; what Slack reads as its own is escaped, and nothing calls anybody", async () => {
  await using slack = slackServer();
  const hostile = notice({
    sections: [{ head: "a < b", text: "<!channel> & <https://evil.example|look> ```" }],
    title: "CRITICAL x\n<@U1>",
  });
  assert.deepEqual(await open(slack.webhook).send(hostile, true, never), { sent: true });
  const [message] = slack.received;
  assert.equal(message!.text, "small: CRITICAL x &lt;@U1&gt;");
  const text = JSON.stringify(message!.blocks);
  assert.ok(text.includes("&lt;!channel&gt; &amp; &lt;https://evil.example|look&gt;"));
  assert.doesNotMatch(
    text.replace("CRITICAL x <@U1>", ""),
    /[<>]/,
    "the header is plain text, all else is escaped",
  );
  assert.match(text, /May have come before/);
  assert.match(text, /SYNTHETIC data/);
});

Deno.test("no notice breaks a limit of Slack's, and no cut halves an escape or a character", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "&", "<", ">", "\u{1f600}", "\n"), maxLength: 30 });
  const text = fc.tuple(part, fc.nat(200)).map(([one, times]) => one.repeat(times));
  const given = fc.record({
    title: text,
    sections: fc.array(fc.record({ head: text, text }), { maxLength: 55 }),
    facts: fc.array(fc.record({ name: text, value: text }), { maxLength: 14 }),
    files: fc.array(text, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(given, (parts) => {
      const message = slackMessage(notice(parts));
      assert.equal(faultOf(message as unknown as Parameters<typeof faultOf>[0]), null);
      for (const block of message.blocks) {
        const all = "elements" in block ? block.elements : "fields" in block ? block.fields : [block.text];
        for (const one of all) {
          assert.ok(one.text.isWellFormed());
          if (one.type === "mrkdwn") assert.doesNotMatch(one.text, /&(?!amp;|lt;|gt;)/);
        }
      }
    }),
    { seed: 7, numRuns: 30, endOnFailure: true },
  );
});

Deno.test("slack's answers: what is tried again, what never, how long it asks for, and its address is in none", async () => {
  await using slack = slackServer();
  const channel = open(slack.webhook, 200);
  const cases = [
    [{ status: 429, body: "", headers: { "retry-after": "30" } }, false, false, 30_000],
    [{ status: 500, body: "rollup_error" }, false, true, null],
    [{ status: 400, body: "invalid_blocks" }, true, false, null],
    [{ status: 404, body: "no_service" }, true, false, null],
    [{ status: 403, body: `invalid_token ${CANARY}` }, true, false, null],
    [{ status: 302, body: "", headers: { location: "https://evil.example" } }, true, false, null],
    [{ status: 200, body: `<html>${slack.webhook}</html>` }, false, true, null],
    ["hang", false, true, null],
  ] as const;
  for (const [answer, isNever, maybe, afterMs] of cases) {
    slack.answers.push(answer);
    const delivery = await channel.send(notice(), false, never);
    assert.ok(!delivery.sent);
    assert.deepEqual(
      [delivery.never, delivery.maybe, delivery.afterMs],
      [isNever, maybe, afterMs],
      delivery.why,
    );
    assert.ok(!delivery.why.includes(slack.webhook) && !delivery.why.includes(`B0/${CANARY}`), delivery.why);
  }
  const gone = await open(`http://127.0.0.1:9/services/T0/B0/${CANARY}`).send(notice(), false, never);
  assert.ok(!gone.sent && !gone.never && !gone.why.includes(CANARY), JSON.stringify(gone));
});

Deno.test("a webhook is Slack's or none, and is not shown; a task may reach the hosts that are set and no other", () => {
  const of = (values: Record<string, string>) => (name: string) => values[name];
  for (
    const address of [`https://evil.example/${CANARY}`, `https://hooks.slack.com.evil.example/${CANARY}`]
  ) {
    const thrown = (use: () => unknown) => {
      try {
        use();
      } catch (error) {
        return (error as Error).message;
      }
      return "nothing was thrown";
    };
    const said = thrown(() => slackWebhook(of({ SLACK_WEBHOOK_URL: address })));
    assert.match(said, /^Cannot notify by slack/);
    assert.ok(!said.includes(CANARY));
  }
  assert.deepEqual(notifyHosts(of({})), ["127.0.0.1:9"]);
  assert.deepEqual(
    notifyHosts(
      of({
        SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/T/B/X",
        POPAGENT_SMTP_HOST: "mail.example.org",
        POPAGENT_SMTP_PORT: "465",
      }),
    ),
    ["hooks.slack.com:443", "mail.example.org:465"],
  );
  assert.throws(
    () => notifyHosts(of({ POPAGENT_SMTP_HOST: "a --allow-all" })),
    /must be the name of a server/,
  );
});
