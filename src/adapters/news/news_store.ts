/** Adds items to a file of news, in one rename. */
import { existsSync } from "node:fs";
import type { Article } from "../../news/article.ts";
import { mergedItems, type StoredItem } from "../../news/stored_item.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { newsText, readNewsFile } from "./news_file.ts";

/** What a file holds after items were added. */
export interface Stored {
  /** Items that were not there before. */
  readonly added: number;
  readonly items: readonly StoredItem[];
}

/** Items that are there already stay as they were first seen. */
export async function addToNews(path: string, articles: readonly Article[]): Promise<Stored> {
  const before = existsSync(path) ? await readNewsFile(path) : [];
  const items = mergedItems([...before, ...articles.map((article) => ({ article, enrichment: null }))]);
  await writeNews(path, items);
  return { added: items.length - mergedItems(before).length, items };
}

/** Writes a whole file of news, sorted by id. */
export async function writeNews(path: string, items: readonly StoredItem[]): Promise<void> {
  await writeFileAtomic(path, newsText(mergedItems(items)));
}
