import assert from "node:assert/strict";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { listMarkdown, type Listed } from "../../src/wiki/markdown-listing.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { unprivileged } from "../support/unprivileged.ts";

describe("the list of a folder's Markdown files", () => {
  it("goes on where a folder within may not be looked into", async (t) => {
    const dir = await temporaryFolder(t);
    await chmod(dir, 0o755);
    await mkdir(join(dir, "lost+found"), 0o000);
    await mkdir(join(dir, "z"));
    await writeFile(join(dir, "a.md"), "# A");
    await writeFile(join(dir, "z", "b.md"), "# B");

    const listed = await unprivileged(() => Array.fromAsync(listMarkdown(dir)));
    await chmod(join(dir, "lost+found"), 0o700);

    assert.deepEqual(listed.map(pathAndCode), [["a.md"], ["lost+found", "EACCES"], ["z/b.md"]]);
  });

  it("goes on where a folder goes while it is made", async (t) => {
    const dir = await temporaryFolder(t);
    await mkdir(join(dir, "gone"));
    await writeFile(join(dir, "a.md"), "# A");
    await writeFile(join(dir, "gone", "b.md"), "# B");
    await writeFile(join(dir, "z.md"), "# Z");
    const listing = listMarkdown(dir);

    const first = await listing.next();
    await rm(join(dir, "gone"), { recursive: true });
    const rest = await Array.fromAsync(listing);

    assert.deepEqual([first.value, ...rest], [{ path: "a.md" }, { path: "z.md" }]);
  });

  it("is not to be had of a folder that is not there", async (t) => {
    const dir = join(await temporaryFolder(t), "nowhere");

    await assert.rejects(listMarkdown(dir).next(), { code: "ENOENT" });
  });
});

function pathAndCode({ path, error }: Listed): string[] {
  return error instanceof Error && "code" in error ? [path, String(error.code)] : [path];
}
