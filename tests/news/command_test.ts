import assert from "node:assert/strict";
import { join } from "node:path";
import { addToNews } from "popagent/adapters/news/news_store.ts";
import { newsText, readNewsFile } from "popagent/adapters/news/news_file.ts";
import type { Article } from "popagent/news/article.ts";
import { inFolder, popagent } from "../cli/cli.ts";
import { article, HOUR, START } from "./news_items.ts";

Deno.test("popagent news digest sums up a stored file as of a time; the items of a later fetch stay as they were first seen", () =>
  inFolder(async (folder) => {
    const path = join(folder, "news", "items.jsonl");
    const first = article({ title: "Bitcoin rallies on inflows", observedAt: START });
    const again = { ...first, observedAt: START + 9 * HOUR };
    const late = article({
      title: "Ether plunges after hack",
      url: "https://reuters.com/b",
      observedAt: START + 9 * HOUR,
    });
    assert.equal((await addToNews(path, [first])).added, 1);
    assert.equal((await addToNews(path, [again, late])).added, 1);
    assert.deepEqual((await readNewsFile(path)).map((item) => item.article.observedAt).sort(), [
      START,
      START + 9 * HOUR,
    ]);

    const at = ["news", "digest", path, "--at", "2025-01-01 04:00"];
    const { code, stdout } = await popagent(folder, ...at, "--json");
    assert.equal(code, 0);
    const digest = JSON.parse(stdout);
    assert.deepEqual([digest.sources.items, digest.coins.ETH.count], [1, 0]);
    assert.ok(digest.coins.BTC.sentiment > 0);

    await Deno.writeTextFile(path, `${await Deno.readTextFile(path)}{"article": {}}\n`);
    const wrong = await popagent(folder, ...at);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /line 3 must be an item: article\.id: .*docs\/NEWS\.md/s);
  }));

Deno.test("a file's items keep the rules of items that are fetched: no date after they were seen, no outlet but that of the address", () =>
  inFolder(async (folder) => {
    const path = join(folder, "items.jsonl");
    const plain = article({ title: "Bitcoin rallies on inflows", observedAt: START });
    const refused = async (change: Partial<Article>, rule: RegExp) => {
      const lines = [plain, { ...plain, ...change }].map((one) =>
        JSON.stringify({ article: one, enrichment: null })
      );
      await Deno.writeTextFile(path, lines.join("\n"));
      await assert.rejects(readNewsFile(path), rule);
    };
    await refused(
      { publishedAt: START + 400 * 24 * HOUR },
      /line 2 must be an item: article\.publishedAt: must lie at most a day after observedAt/,
    );
    for (const url of ["https://evil.xyz/reuters.com", "https://reuters.com.evil.xyz/a", "nowhere"]) {
      await refused(
        { url },
        /line 2 must be an item: article\.domain: must be the registrable domain of url/,
      );
    }
    await Deno.writeTextFile(
      path,
      newsText([{ article: { ...plain, publishedAt: START + 24 * HOUR }, enrichment: null }]),
    );
    assert.equal((await readNewsFile(path)).length, 1, "a day is let pass");
  }));
