import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { giveTo, type RunAs } from "./run-as.ts";

/** A unix socket's path has at most 104 bytes on macOS and 108 on Linux, its name and a final zero included. */
const LONGEST_SOCKET_FOLDER = 103 - "/.s.PGSQL.5432.lock".length;

/** Always the same for the same data, so that a server that is started again is found where it was. */
export function socketFolderOf(place: string): string {
  const near = join(place, "socket");
  if (Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER) return near;
  return join(tmpdir(), `footnote-${createHash("sha256").update(place).digest("hex").slice(0, 16)}`);
}

/** @throws {Failure} `invalid-config` when somebody else has put a folder in its place */
export async function makeSocketFolder(socket: string, runAs: RunAs): Promise<void> {
  if ((await mkdir(socket, { recursive: true, mode: 0o700 })) !== undefined) return giveTo(runAs, socket);
  const { uid, mode } = await lstat(socket);
  const expected = runAs.uid ?? process.getuid?.() ?? uid;
  if (uid !== expected || (process.platform !== "win32" && (mode & 0o777) !== 0o700)) {
    throw new Failure(
      "invalid-config",
      `${socket} is not the folder that Footnote made for its database's socket: remove it`,
    );
  }
}
