import { storeContract } from "../contracts/store.ts";
import { createMemoryStore } from "./memory-store.ts";

storeContract("the store in memory", async () => createMemoryStore());
