interface Alarm {
  readonly due: number;
  readonly ring: () => void;
}

export interface VirtualClock {
  /** Milliseconds since the epoch, as Slack's servers see it. */
  now(): number;
  /** Calls once so many virtual milliseconds have passed; returns how to call it off. */
  after(milliseconds: number, ring: () => void): () => void;
  /** Lets time pass at once, ringing in order whatever falls due, each with time to take effect. */
  advance(milliseconds: number): Promise<void>;
  /** Real milliseconds that so many virtual ones take. */
  toReal(milliseconds: number): number;
  stop(): void;
}

/** A clock that runs `speed` times as fast as the machine's, and can be pushed forward. It keeps no process alive. */
export function createVirtualClock(speed = 1): VirtualClock {
  const started = Date.now();
  const alarms = new Set<Alarm>();
  let pushed = 0;
  let timer: NodeJS.Timeout | undefined;

  const now = (): number => started + (Date.now() - started) * speed + pushed;

  function next(): Alarm | undefined {
    return [...alarms].toSorted((a, b) => a.due - b.due)[0];
  }

  function wind(): void {
    clearTimeout(timer);
    const alarm = next();
    if (alarm === undefined) return;
    timer = setTimeout(ringDue, Math.max(0, Math.ceil((alarm.due - now()) / speed)));
    timer.unref();
  }

  function ringDue(): void {
    for (let alarm = next(); alarm !== undefined && alarm.due <= now(); alarm = next()) {
      alarms.delete(alarm);
      alarm.ring();
    }
    wind();
  }

  return {
    now,
    after(milliseconds, ring) {
      const alarm = { due: now() + milliseconds, ring };
      alarms.add(alarm);
      wind();
      return () => {
        alarms.delete(alarm);
        wind();
      };
    },
    async advance(milliseconds) {
      const end = now() + milliseconds;
      for (let alarm = next(); alarm !== undefined && alarm.due <= end; alarm = next()) {
        pushed += Math.max(0, alarm.due - now());
        alarms.delete(alarm);
        alarm.ring();
        await new Promise((resolve) => setImmediate(resolve));
      }
      pushed += Math.max(0, end - now());
      wind();
    },
    toReal: (milliseconds) => milliseconds / speed,
    stop() {
      clearTimeout(timer);
      alarms.clear();
    },
  };
}
