// What a form goes through: sending, faults beside their fields, a fault that belongs to none.
import { ApiError } from './api';

export class Form {
  sending = $state(false);
  faults = $state<Record<string, string>>({});
  general = $state('');

  // `known`: the fields that the form shows; faults of others are told as general.
  async send(run: () => Promise<unknown>, known: readonly string[]): Promise<boolean> {
    if (this.sending) return false;
    this.sending = true;
    this.faults = {};
    this.general = '';
    try {
      await run();
      return true;
    } catch (error) {
      this.fail(error, known);
      return false;
    } finally {
      this.sending = false;
    }
  }

  fail(error: unknown, known: readonly string[]) {
    if (!(error instanceof ApiError)) {
      console.error(error);
      this.general = 'That did not work. Please try again.';
      return;
    }
    this.faults = Object.fromEntries(Object.entries(error.fields).filter(([field]) => known.includes(field)));
    const elsewhere = Object.keys(this.faults).length === 0;
    if (elsewhere) this.general = error.message + (error.status >= 500 && error.requestId ? ` (request ${error.requestId})` : '');
    // To the first field that is wrong, once its fault is on the page.
    else setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }
}
