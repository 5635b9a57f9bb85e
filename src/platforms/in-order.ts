/** Runs steps of the same key one after another, in the order they came; a step that fails does not keep the next from its turn. */
export function inOrder(): (key: string, step: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (key, step) => {
    const done = (last.get(key) ?? Promise.resolve()).then(step);
    const turn = done.catch(() => undefined);
    last.set(key, turn);
    void turn.then(() => last.get(key) === turn && last.delete(key));
    return done;
  };
}
