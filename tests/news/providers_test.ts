/** Each provider's real replies, by its documentation, from a server on a loopback port. */
import assert from "node:assert/strict";
import { parse } from "yaml";
import { fetchNews, type NewsSourceName } from "popagent/adapters/news/fetch_news.ts";
import {
  newsHosts,
  newsKeys,
  newsSettingsSchema,
  readNewsSettings,
} from "popagent/adapters/news/news_settings.ts";
import { hostsOf, keyNamesOf, readModels } from "popagent/adapters/llm/models_file.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { isoDate, searchDate, seenDate } from "popagent/news/providers/dates.ts";
import { reply, type Script, withServer, type World } from "./provider_server.ts";

const fixture = async (name: string) =>
  JSON.parse(await Deno.readTextFile(new URL(`../fixtures/news/${name}.json`, import.meta.url)));
const BOCHA = await fixture("bocha"), SERPAPI = await fixture("serpapi"), GDELT = await fixture("gdelt");
const [, grouped] = SERPAPI.googleNews.news_results; // the documentation's addresses are no whole ones
grouped.highlight.link = "https://z.example/1";
grouped.stories[0].link = "https://w.example/2";
const OCTOBER = { from: Date.UTC(2025, 9, 1), to: Date.UTC(2025, 9, 15) };
const KEYS = { BOCHA_API_KEY: "canary-bocha-4711", SERPAPI_KEY: "canary-serp-4711" };

/** Fetches one query from one provider that answers by a script. */
async function fetched(provider: NewsSourceName, script: Script, keys: Record<string, string> = KEYS) {
  let world: World | undefined, result: Awaited<ReturnType<typeof fetchNews>> | undefined;
  await withServer(script, async (given) => {
    world = given;
    const request = {
      providers: [provider],
      queries: [{ coin: "BTC", text: "Bitcoin ETF inflow" }],
      ...OCTOBER,
    };
    result = await fetchNews(request, given.settings, given.ports);
  }, keys);
  const { articles, reports: [report] } = result!;
  return { articles, report: report!, arrived: world!.arrived, slept: world!.slept, waits: world!.waits };
}

const text = (value: unknown) => JSON.stringify(value);

Deno.test("Bocha: days asked for explicitly, the key in a header, datePublished read with its zone, dateLastCrawled never", async () => {
  const { articles, arrived } = await fetched("bocha", () => reply(text(BOCHA.found)));
  assert.deepEqual(arrived.map(({ body }) => JSON.parse(body).freshness), [
    "2025-09-30..2025-10-09",
    "2025-10-07..2025-10-16",
  ]);
  assert.deepEqual(JSON.parse(arrived[0]!.body), {
    ...BOCHA.request,
    freshness: "2025-09-30..2025-10-09",
    count: 2,
  });
  assert.equal(arrived[0]!.headers.get("authorization"), `Bearer ${KEYS.BOCHA_API_KEY}`);
  assert.equal(articles.length, 1, "the same item of two pieces is one");
  const [one] = articles;
  assert.equal(one!.title, "Spot bitcoin ETFs draw record weekly inflow");
  assert.equal(one!.publishedAt, Date.UTC(2025, 9, 6, 14, 18, 30), "22:18:30+08:00");
  assert.equal(one!.domain, "example.com");
  assert.equal(one!.snippet, "Longer extract ...");
  assert.ok(one!.observedAt >= Date.UTC(2026, 10, 26), "it was seen when it was fetched");
});

Deno.test("Bocha: items without datePublished are undated, and no money ends the asking", async () => {
  const undated = structuredClone(BOCHA.found);
  delete undated.data.webPages.value[0].datePublished;
  const { articles, report } = await fetched("bocha", () => reply(text(undated)));
  assert.deepEqual([articles.length, report.rejected], [0, { undated: 2 }]);
  for (const status of [200, 403]) {
    const poor = await fetched("bocha", () => reply(text(BOCHA.noMoney), status));
    assert.equal(poor.arrived.length, 1);
    assert.match(poor.report.failures[0]!.kind, /quota|keyRefused/);
  }
});

Deno.test("SerpApi: the news tab, an explicit range, pages by its own count, days and hours ago read from created_at", async () => {
  const pages = [SERPAPI.tab, { ...SERPAPI.tab, serpapi_pagination: {} }];
  const { articles, arrived, report } = await fetched("serpapi", (_, n) => reply(text(pages[n])));
  const [first, second] = arrived.map(({ url }) => url.searchParams);
  assert.equal(first!.get("tbs"), "cdr:1,cd_min:10/01/2025,cd_max:10/14/2025");
  assert.deepEqual([first!.get("tbm"), first!.get("start"), second!.get("start")], ["nws", "0", "10"]);
  assert.equal(first!.get("api_key"), KEYS.SERPAPI_KEY);
  assert.equal(report.requests, 2);
  const byDomain = Object.fromEntries(articles.map((one) => [one.domain, one]));
  assert.deepEqual([byDomain["example.com"]!.publishedAt, byDomain["example.com"]!.publishedTo], [
    Date.UTC(2025, 9, 6),
    "day",
  ]);
  assert.deepEqual([byDomain["x.example"]!.publishedAt, byDomain["x.example"]!.publishedTo], [
    Date.UTC(2025, 9, 6, 21),
    "instant",
  ]);
});

Deno.test("SerpApi: Google News' shape, its stories too; no results is nothing, a bad key is told", async () => {
  const { articles } = await fetched("serpapi", () => reply(text(SERPAPI.googleNews)));
  assert.deepEqual(
    articles.map(({ source, publishedAt }) => [source, publishedAt]).sort(),
    [["CoinDesk", Date.UTC(2025, 9, 6, 7)], ["Reuters", Date.UTC(2025, 9, 6, 5)], [
      "WSJ",
      Date.UTC(2025, 9, 6, 4),
    ]],
  );
  const nothing = await fetched("serpapi", () => reply(text(SERPAPI.nothing)));
  assert.deepEqual([nothing.articles.length, nothing.report.failures.length], [0, 0]);
  const refused = await fetched("serpapi", () => reply(text(SERPAPI.badKey), 401));
  assert.deepEqual([refused.report.failures[0]!.kind, refused.arrived.length], ["keyRefused", 1]);
});

Deno.test("GDELT: start and end stated, seen dates as observed, pages by the oldest item, {} is nothing", async () => {
  const [one] = GDELT.found.articles;
  const at = (seendate: string, i: number) => ({
    ...one,
    seendate,
    url: `https://a.example/${i}`,
    title: `${one.title} ${i}`,
  });
  const pages = [
    { articles: [at("20251010T203000Z", 1), at("20251010T200000Z", 2)] },
    { articles: [at("20251010T200000Z", 2), at("20251009T000000Z", 3)] },
    {},
  ];
  const { articles, arrived } = await fetched("gdelt", (_, n) => reply(text(pages[n])));
  assert.deepEqual(arrived.map(({ url }) => url.searchParams.get("enddatetime")), [
    "20251015000000",
    "20251010200000",
    "20251009000000",
  ]);
  assert.equal(arrived[0]!.url.searchParams.get("startdatetime"), "20251001000000");
  assert.equal(arrived[0]!.url.searchParams.get("query"), "Bitcoin ETF inflow sourcelang:english");
  assert.ok(arrived.every(({ url }) => !url.search.includes("canary")));
  assert.equal(articles.length, 3);
  for (const article of articles) assert.equal(article.observedAt, article.publishedAt);
  assert.ok(arrived[1]!.at - arrived[0]!.at >= 5000, "no more than one request in five seconds");
});

Deno.test("GDELT: a query it does not take is a sentence with status 200; raw control characters are passed over", async () => {
  const said = () =>
    new Response("The specified phrase is too short.", { headers: { "content-type": "text/html" } });
  const { report, arrived } = await fetched("gdelt", said);
  assert.deepEqual([report.failures[0]!.kind, arrived.length], ["badRequest", 1]);
  const raw = text(GDELT.found).replace("tariffs bite", "tariffs\u0009\u0001bite");
  const { articles } = await fetched("gdelt", () => reply(raw));
  assert.match(articles[0]!.title, /tariffs bite/);
});

for (
  const [provider, good] of [["bocha", BOCHA.found], ["serpapi", SERPAPI.googleNews], [
    "gdelt",
    GDELT.found,
  ]] as const
) {
  /** Something else first, then the good reply for ever. */
  const after = (first: () => Response | Promise<Response>): Script => (_, n) =>
    n === 0 ? first() : reply(text(good));

  Deno.test(`${provider}: 429 waits as long as it is asked to, 5xx and cuts are tried again, and the items come`, async () => {
    const usual = (await fetched(provider, () => reply(text(good)))).articles.length;
    let late = Promise.resolve();
    const faults: Record<string, () => Response | Promise<Response>> = {
      "429": () => reply("Too many", 429, { "retry-after": "17" }),
      "503": () => reply("busy", 503),
      "html": () =>
        new Response("<html><body>Bad gateway</body></html>", { headers: { "content-type": "text/html" } }),
      "empty": () => reply(""),
      "truncated": () => reply(text(good).slice(0, 80)),
      "wrong shape": () => reply(text(provider === "gdelt" ? { articles: [{ url: 1 }] } : [1, 2])),
      "timeout": async () => {
        await (late = new Promise((resolve) => setTimeout(resolve, 450)));
        return reply("late");
      },
    };
    for (const [name, fault] of Object.entries(faults)) {
      const { articles, report, slept, waits } = await fetched(provider, after(fault));
      assert.equal(articles.length, usual, name);
      assert.deepEqual(report.failures, [], name);
      assert.equal(waits.length, 1, name);
      await late;
      if (name === "429") assert.ok(Math.max(...slept) >= 17_000, "retry-after");
    }
  });

  Deno.test(`${provider}: what fails for ever is given up after five tries, told, and shows no key`, async () => {
    const { articles, report, arrived, waits } = await fetched(
      provider,
      ({ url, headers }) => reply(`no: ${url.search} ${headers.get("authorization")}`, 500),
    );
    assert.deepEqual([articles.length, arrived.length], [0, 5]);
    assert.equal(report.failures[0]!.kind, "serverFault");
    assert.ok(!text([report, waits]).includes("canary"), "an echoed key is cut out");
  });
}

Deno.test("without its key a provider is not asked, and that is told once for all queries", async () => {
  await withServer(() => reply("{}"), async ({ settings, ports, arrived }) => {
    const queries = ["one two", "three four"].map((query) => ({ coin: null, text: query }));
    const { reports } = await fetchNews(
      { providers: ["bocha", "gdelt"], queries, ...OCTOBER },
      settings,
      ports,
    );
    assert.deepEqual(reports[0]!.failures.map(({ kind }) => kind), ["keyMissing"]);
    assert.equal(arrived.length, 2, "GDELT is asked both");
  });
});

Deno.test("a provider that nobody can reach is given up after its first query", async () => {
  await withServer(() => reply("{}"), async ({ settings, ports, waits }) => {
    const queries = ["one two", "three four"].map((query) => ({ coin: null, text: query }));
    const down = {
      ...ports,
      fetch: () => Promise.reject(new TypeError("error sending request for url (https://x/?api_key=1)")),
    };
    const { reports } = await fetchNews({ providers: ["gdelt"], queries, ...OCTOBER }, settings, down);
    assert.deepEqual([reports[0]!.queries, reports[0]!.failures.map(({ kind }) => kind)], [1, [
      "connection",
    ]]);
    assert.ok(!waits.join().includes("api_key"));
  });
});

Deno.test("dates: with a zone or not at all, days as days, and nothing that is no date", () => {
  assert.equal(isoDate("2025-10-06T22:18:30"), null, "no zone");
  assert.deepEqual(isoDate("2025-10-06"), { at: Date.UTC(2025, 9, 6), to: "day" });
  assert.equal(isoDate("2025-13-40T00:00:00Z"), null);
  assert.equal(seenDate("20251010"), null);
  const created = Date.UTC(2025, 9, 7, 12);
  assert.deepEqual(searchDate("2 days ago", created), { at: Date.UTC(2025, 9, 5), to: "day" });
  assert.deepEqual(searchDate("45 mins ago", created), { at: created - 45 * 60_000, to: "instant" });
  assert.equal(searchDate("15 hours ago", null), null);
  assert.equal(searchDate("yesterday evening", created), null);
  assert.deepEqual(searchDate("10/06/2025, 12:30 PM, +0000 UTC", null), {
    at: Date.UTC(2025, 9, 6, 12, 30),
    to: "instant",
  });
});

Deno.test("net permissions of the task name the hosts of both tables and nothing else, and its keys theirs", async () => {
  const { permissions, tasks } = JSON.parse(await Deno.readTextFile(`${PROJECT}/deno.json`));
  const settings = await readNewsSettings(`${PROJECT}/configs/news.yaml`), models = await readModels();
  assert.deepEqual([...permissions.news.net].sort(), [...newsHosts(settings), ...hostsOf(models)].sort());
  const keys = [...newsKeys(settings), ...keyNamesOf(models)].sort();
  assert.deepEqual(permissions.news.env.allow.slice(3), keys);
  assert.match(tasks.news.command, /^deno run -P=news /);
  const example = await Deno.readTextFile(`${PROJECT}/.env.example`);
  for (const key of keys) assert.match(example, new RegExp(`^${key}=$`, "m"));
  assert.equal(newsSettingsSchema.safeParse(parse("providers: {}")).success, false);
});
