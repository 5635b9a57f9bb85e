import type { Installations, Store } from "../../src/core/exchange.ts";
import { storable } from "./storable.ts";

/** What is kept of places and workspaces rather than of exchanges. */
export function createMemoryPlaces(): Pick<Store, "settings" | "saveSettings" | "installations"> {
  const settings = new Map<string, unknown>();
  return {
    settings: async (place) => settings.get(place),
    async saveSettings(place, value) {
      settings.set(place, storable(value));
    },
    installations: createMemoryInstallations(),
  };
}

function createMemoryInstallations(): Installations {
  const sealed = new Map<string, string>();
  const updates = new Map<string, Promise<unknown>>();

  async function replace(key: string, change: (sealed: string) => Promise<string>): Promise<string | undefined> {
    const before = sealed.get(key);
    if (before === undefined) return undefined;
    const after = await change(before);
    sealed.set(key, after);
    return after;
  }

  return {
    get: async (platform, tenant) => sealed.get(keyOf(platform, tenant)),
    async put(platform, tenant, value) {
      sealed.set(keyOf(platform, tenant), value);
    },
    update(platform, tenant, change) {
      const key = keyOf(platform, tenant);
      const update = Promise.allSettled([updates.get(key)]).then(() => replace(key, change));
      updates.set(key, update);
      return update;
    },
    async remove(platform, tenant, onlyWhile) {
      const key = keyOf(platform, tenant);
      if (onlyWhile === undefined || sealed.get(key) === onlyWhile) sealed.delete(key);
    },
  };
}

function keyOf(platform: string, tenant: string): string {
  return `${platform}:${tenant}`;
}
