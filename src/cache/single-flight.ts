import { cancellation, orCancelled } from "../core/cancellation.ts";

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** One run per key at a time, shared by everyone who asks while it lasts. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /**
   * Joins the run under `key`, or starts it. The run's signal is aborted when the last of those who wait has gone.
   * @throws {Failure} as soon as `signal` aborts: its reason if that is a Failure, else `cancelled` or `deadline`
   */
  async share(key: string, run: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw cancellation(signal);
    const flight = this.#flights.get(key) ?? this.#start(key, run);
    flight.waiting += 1;
    try {
      return await orCancelled(flight.result, signal);
    } finally {
      flight.waiting -= 1;
      // Whoever asks next must not join a run that is being aborted, so the key is free before the run has ended.
      if (flight.waiting === 0 && this.#remove(key, flight)) flight.controller.abort();
    }
  }

  #start(key: string, run: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight = { result: run(controller.signal), controller, waiting: 0 };
    this.#flights.set(key, flight);
    const land = () => this.#remove(key, flight);
    void flight.result.then(land, land);
    return flight;
  }

  /** False when the run has ended already. */
  #remove(key: string, flight: Flight<T>): boolean {
    return this.#flights.get(key) === flight && this.#flights.delete(key);
  }
}
