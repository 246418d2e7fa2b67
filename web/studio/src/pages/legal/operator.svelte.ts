// Who runs this service, as its settings say; asked for once.
import { get } from '$lib/api';

export interface Operator {
  name: string | null; address: string | null;
  privacy_contact: string | null; support_contact: string | null; dmca_contact: string | null;
  authority: string | null; data_region: string | null;
  access_log_days: number; terms_version: string;
}

class OperatorFacts {
  facts = $state.raw<Operator | undefined>();
  failed = $state(false);
  #asked = false;

  load() {
    if (this.#asked) return;
    this.#asked = true;
    get<Operator>('operator').then(
      (facts) => { this.facts = facts; this.failed = false; },
      () => { this.failed = true; this.#asked = false; },
    );
  }
}

export const operator = new OperatorFacts();
