/** The code an error bears: SQLSTATE, Node's of a system error, or Prisma's. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
