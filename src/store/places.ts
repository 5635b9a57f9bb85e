import type { PrismaClient } from "./generated/client.ts";
import { toJson } from "./json.ts";

/** What people have set for a place. Errors are the drivers' own. */
export function createPlaces(prisma: PrismaClient) {
  return {
    async settings(place: string): Promise<unknown> {
      return (await prisma.placeSetting.findUnique({ where: { place } }))?.settings;
    },

    async saveSettings(place: string, settings: unknown, author: string): Promise<void> {
      await prisma.$executeRaw`
        INSERT INTO place_setting (place, settings, author_id, changed_at)
        VALUES (${place}, ${toJson(settings)}::jsonb, ${author}, clock_timestamp())
        ON CONFLICT (place) DO UPDATE SET
          settings = excluded.settings, author_id = excluded.author_id, changed_at = excluded.changed_at`;
    },
  };
}
