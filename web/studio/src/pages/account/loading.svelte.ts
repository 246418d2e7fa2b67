// Something a page asks the service for when it opens: not there yet, there, or why not.
import { ApiError } from '$lib/api';

export class Loading<T> {
  value = $state.raw<T | undefined>();
  trouble = $state.raw<ApiError | undefined>();
  #ask: () => Promise<T>;
  #turn = 0;

  constructor(ask: () => Promise<T>) { this.#ask = ask; }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const value = await this.#ask();
      // An answer that was overtaken by a later question is not shown.
      if (turn === this.#turn) { this.value = value; this.trouble = undefined; }
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 401) this.trouble = error;
    }
  }
}
