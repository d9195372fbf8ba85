/** A path written one way: "data//bybit/" and "./data/bybit" are "data/bybit". Nothing is looked up: ".." stays. */
export function plainPath(path: string): string {
  const parts = path.split("/").filter((part, i) => i === 0 || (part !== "" && part !== "."));
  const plain = (parts[0] === "." && parts.length > 1 ? parts.slice(1) : parts).join("/");
  return plain === "" && path.startsWith("/") ? "/" : plain;
}

/** The last name of a path, a file's or a folder's: "bybit" of "data/bybit/". */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "" && part !== ".") ?? path;
}
