import { z } from "zod";
import { kind, method, TIER } from "../method.ts";

const named = z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1);

export const fileMethods = {
  "files.getUploadURLExternal": method({
    perMinute: TIER.four,
    scopes: ["files:write"],
    args: {
      filename: kind.text,
      length: kind.count,
      alt_txt: kind.text.optional(),
      snippet_type: kind.text.optional(),
    },
    run({ filename, length }, { files, self }) {
      const { id, url } = files.open(self, filename, length);
      return { file_id: id, upload_url: url };
    },
  }),

  "files.completeUploadExternal": method({
    perMinute: TIER.four,
    scopes: ["files:write"],
    args: {
      files: kind.structured(named),
      channel_id: kind.text.optional(),
      thread_ts: kind.text.optional(),
      initial_comment: kind.text.optional(),
    },
    run: (args, { files, self }) => ({
      files: args.files.map(({ id, title }) => ({ id: files.complete(self, id).id, title })),
    }),
  }),
};
