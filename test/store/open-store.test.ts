import { storeContract } from "../contracts/store.ts";
import { testStore } from "../support/postgres.ts";

storeContract("the PostgreSQL store", testStore);
