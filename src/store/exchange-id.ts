const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Whether this may be the id of an exchange; PostgreSQL would refuse to look for anything else. */
export function isExchangeId(id: string): boolean {
  return UUID.test(id);
}
