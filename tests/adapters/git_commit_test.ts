import assert from "node:assert/strict";
import { join } from "node:path";
import { checkedOutCommit } from "popagent/adapters/runs/git_commit.ts";
import { treeId } from "popagent/adapters/runs/source_tree.ts";
import { inFolder } from "../cli/cli.ts";

/** What git itself says, in a folder. */
function git(cwd: string, ...args: string[]): string {
  const name = ["-c", "user.name=n", "-c", "user.email=e", "-c", "init.defaultBranch=main"];
  const { success, stdout, stderr } = new Deno.Command("git", { args: [...name, ...args], cwd }).outputSync();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

const hasGit = (() => {
  try {
    return new Deno.Command("git", { args: ["--version"] }).outputSync().success;
  } catch {
    return false;
  }
})();

/** Calls `use` with a checkout of one commit that holds files of every kind. */
function inCheckout(use: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    git(folder, "init", "-q");
    for (const path of ["src/b.ts", "src/a/c.ts", "src/a.ts", "src/a-b.ts", "src/é.ts", "other"]) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), `content of ${path}\n`);
    }
    await Deno.chmod(join(folder, "src/b.ts"), 0o755);
    await Deno.symlink("b.ts", join(folder, "src/link.ts"));
    git(folder, "add", ".");
    git(folder, "commit", "-q", "-m", "one");
    await use(folder);
  });
}

/** States of a checkout, each made by git and then read without it. */
const STATES: Readonly<Record<string, (folder: string) => void>> = {
  "on a branch": () => {},
  "with packed references": (folder) => void git(folder, "pack-refs", "--all"),
  "packed, and a commit after it": (folder) => {
    git(folder, "tag", "v1");
    git(folder, "pack-refs", "--all");
    git(folder, "commit", "-q", "--allow-empty", "-m", "two");
  },
  "with a detached head": (folder) => void git(folder, "checkout", "-q", "--detach"),
  "on a branch with a slash": (folder) => void git(folder, "checkout", "-q", "-b", "mend/runs"),
  "in the middle of a bisection": (folder) => {
    git(folder, "commit", "-q", "--allow-empty", "-m", "two");
    git(folder, "bisect", "start", "-q", "HEAD", "HEAD~1");
  },
};

for (const [state, make] of Object.entries(STATES)) {
  Deno.test({
    name: `findings J.8: the commit of a checkout ${state} is read without running git`,
    ignore: !hasGit,
    fn: () =>
      inCheckout(async (folder) => {
        make(folder);
        assert.equal(await checkedOutCommit(folder), git(folder, "rev-parse", "HEAD"));
      }),
  });
}

Deno.test({
  name: "findings J.8: the commit of a worktree is its own, on a branch, detached, packed or not",
  ignore: !hasGit,
  fn: () =>
    inCheckout((folder) =>
      inFolder(async (elsewhere) => {
        const tree = join(elsewhere, "tree");
        git(folder, "worktree", "add", "-q", "-b", "other", tree);
        git(tree, "commit", "-q", "--allow-empty", "-m", "two");
        const commit = git(tree, "rev-parse", "HEAD");
        assert.notEqual(commit, git(folder, "rev-parse", "HEAD"));
        assert.equal(await checkedOutCommit(tree), commit);
        git(folder, "pack-refs", "--all");
        assert.equal(await checkedOutCommit(tree), commit);
        git(tree, "checkout", "-q", "--detach");
        assert.equal(await checkedOutCommit(tree), commit);
      })
    ),
});

Deno.test("findings J.8: where there is no checkout, or one of another kind, there is no commit", () =>
  inFolder(async (folder) => {
    assert.equal(await checkedOutCommit(folder), null);
    await Deno.writeTextFile(join(folder, ".git"), "gitdir: nowhere\n");
    assert.equal(await checkedOutCommit(folder), null);
    await Deno.remove(join(folder, ".git"));
    await Deno.mkdir(join(folder, ".git"));
    for (
      const head of [
        "",
        "ref: refs/heads/unborn\n",
        "ref: refs/heads/../../secret\n",
        "ref: refs/heads/.invalid\n",
      ]
    ) {
      await Deno.writeTextFile(join(folder, ".git", "HEAD"), head);
      assert.equal(await checkedOutCommit(folder), null, head);
    }
    await Deno.mkdir(join(folder, ".git", "refs", "heads"), { recursive: true });
    await Deno.writeTextFile(join(folder, ".git", "refs", "heads", "a"), "ref: refs/heads/a\n");
    await Deno.writeTextFile(join(folder, ".git", "HEAD"), "ref: refs/heads/a\n");
    assert.equal(await checkedOutCommit(folder), null, "a circle");
  }));

Deno.test({
  name: "treeId() is what git calls a folder's content, and changes with it",
  ignore: !hasGit,
  fn: () =>
    inCheckout(async (folder) => {
      const src = join(folder, "src");
      assert.equal(await treeId(src), git(folder, "rev-parse", "HEAD:src"));
      assert.equal(await treeId(join(src, "a")), git(folder, "rev-parse", "HEAD:src/a"));
      await Deno.writeTextFile(join(src, "a", "c.ts"), "changed");
      assert.notEqual(await treeId(src), git(folder, "rev-parse", "HEAD:src"));
      git(folder, "commit", "-q", "-a", "-m", "two");
      assert.equal(await treeId(src), git(folder, "rev-parse", "HEAD:src"));
    }),
});
