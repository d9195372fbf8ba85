/** Static imports of a module, relative ones alone: what is the project's own. */
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+\.ts)"/g;

/**
 * All source files that a module is made of: itself and what it imports, however deep; packages are left out.
 *
 * @returns Their URLs, sorted.
 */
export async function sourceClosure(entry: URL): Promise<URL[]> {
  const found = new Map<string, URL>();
  async function visit(url: URL): Promise<void> {
    if (found.has(url.href)) return;
    found.set(url.href, url);
    const text = await Deno.readTextFile(url);
    for (const [, specifier] of text.matchAll(RELATIVE_IMPORT)) await visit(new URL(specifier!, url));
  }
  await visit(entry);
  return [...found.values()].sort((a, b) => (a.href < b.href ? -1 : 1));
}
