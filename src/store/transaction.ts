import type { Pool, PoolClient } from "pg";

/** Runs the steps of one transaction. When one of them fails nothing has happened. @throws what `steps` throws */
export async function inTransaction<T>(pool: Pool, steps: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await steps(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // Its end rolls back, and works also when the connection is the trouble.
    client.release(true);
    throw error;
  }
}
