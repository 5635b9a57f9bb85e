/** Thrown when a reply has not come in time. */
class LateReply extends Error {
  override readonly name = "LateReply";
}

/** What `promise` gives, if it does so within so many milliseconds. @throws {LateReply} */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  // A reply that has come while this process was busy is read after timers and before immediates: it is not late.
  const timer = setTimeout(() => setImmediate(() => reject(new LateReply())), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
