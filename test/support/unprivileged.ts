/** `nobody` on most systems; that there is such a user does not matter. */
const NOBODY = 65_534;

/** What `act` gives when this process may not read everything: root may, so it is somebody else meanwhile. */
export async function unprivileged<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
