import { z } from "zod";
import type { Installations } from "../../../core/exchange.ts";
import type { Sealing } from "./sealing.ts";

const PLATFORM = "slack";

const installationSchema = z.object({
  team: z.string(),
  /** As shown to people. */
  teamName: z.string(),
  user: z.string(),
  bot: z.string(),
  token: z.string(),
  /** Absent where the app's tokens do not expire. */
  rotation: z
    .object({ refreshToken: z.string(), /** Milliseconds since the epoch. */ expiresAt: z.number() })
    .optional(),
});

/** Footnote in one workspace. */
export type Installation = Readonly<z.infer<typeof installationSchema>>;

export interface Kept {
  readonly installation: Installation;
  /** Different for everything that was ever kept. */
  readonly sealed: string;
}

/** The installations in the store. @throws {Failure} `store-unavailable`, and `invalid-config` for what cannot be unsealed */
export interface KeptInstallations {
  find(team: string): Promise<Kept | undefined>;
  keep(installation: Installation): Promise<void>;
  /** Replaces it while no other replica does. A `change` that returns what it was given leaves it as it is. @throws what `change` throws */
  update(team: string, change: (installation: Installation) => Promise<Installation>): Promise<Kept | undefined>;
  /** Leaves what has taken its place meanwhile. */
  remove(team: string, sealed: string): Promise<void>;
}

export function keepInstallations(installations: Installations, sealing: Sealing): KeptInstallations {
  const read = (team: string, sealed: string): Installation =>
    installationSchema.parse(JSON.parse(sealing.unseal(team, sealed)));
  const write = (installation: Installation): string => sealing.seal(installation.team, JSON.stringify(installation));

  return {
    async find(team) {
      const sealed = await installations.get(PLATFORM, team);
      return sealed === undefined ? undefined : { sealed, installation: read(team, sealed) };
    },
    async keep(installation) {
      await installations.put(PLATFORM, installation.team, write(installation));
    },
    async update(team, change) {
      const sealed = await installations.update(PLATFORM, team, async (before) => {
        const installation = read(team, before);
        const changed = await change(installation);
        return changed === installation ? before : write(changed);
      });
      return sealed === undefined ? undefined : { sealed, installation: read(team, sealed) };
    },
    async remove(team, sealed) {
      await installations.remove(PLATFORM, team, sealed);
    },
  };
}
