// The state of the Create page: the draft, what the server reads in it, and orders on their way. It outlives the
// page, so that a look into the library loses nothing, and a reload, since the tab keeps it.
import { ApiError, post } from '$lib/api';
import { catalogue } from '$lib/catalogue.svelte';
import { emptyDraft, faultsOf, isDraft, requestOf, type Draft } from '$lib/draft';
import { keep, kept } from '$lib/kept';
import { songs } from '$lib/songs.svelte';
import { toasts } from '$lib/toasts.svelte';
import type { Estimate, Song, SongRequest } from '$lib/types';

interface Order { key: string; request: SongRequest }
const isOrders = (value: unknown): value is Order[] => Array.isArray(value) && value.every((one) => typeof one?.key === 'string' && typeof one?.request === 'object');

const READ_AFTER_MS = 300;

class Creating {
  draft = $state<Draft>(emptyDraft());
  estimate = $state.raw<Estimate | undefined>();
  reading = $state(false);
  faults = $state.raw<Record<string, string>>({});
  trouble = $state('');
  sending = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;
  #orders: Order[] = [];
  #restored = false;

  restore() {
    if (this.#restored) return;
    this.#restored = true;
    this.draft = kept('draft', isDraft) ?? emptyDraft();
    // Orders whose answer never came: their key makes sure that each is made once.
    this.#orders = kept('orders', isOrders) ?? [];
    for (const order of [...this.#orders]) void this.#send(order);
  }

  // Called whenever the draft changes.
  changed() {
    keep('draft', this.draft);
    clearTimeout(this.#timer);
    this.#asked?.abort();
    const request = requestOf(this.draft);
    if (!request.prompt && !request.lyrics) {
      this.estimate = undefined;
      this.faults = {};
      this.reading = false;
      return;
    }
    const faults = faultsOf(request, catalogue.vocabulary?.fields ?? []);
    if (Object.keys(faults).length) {
      this.faults = faults;
      this.reading = false;
      return;
    }
    this.reading = true;
    this.#timer = setTimeout(() => void this.#read(request), READ_AFTER_MS);
  }

  async #read(request: SongRequest) {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      this.estimate = await post<Estimate>('songs/estimate', request, { signal: asked.signal });
      this.faults = {};
      this.trouble = '';
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#fail(error);
    }
    this.reading = false;
  }

  #fail(error: unknown) {
    if (error instanceof ApiError && Object.keys(error.fields).length) this.faults = error.fields;
    else if (error instanceof ApiError) this.trouble = error.message;
    else throw error;
  }

  // What was last estimated again, after credits or the plan changed.
  look() { if (this.estimate) this.changed(); }

  async order(): Promise<boolean> {
    const request = requestOf(this.draft);
    if (!request.prompt && !request.lyrics) {
      this.faults = { prompt: 'Say in a few words what the song should be, or write lyrics.' };
      return false;
    }
    this.faults = faultsOf(request, catalogue.vocabulary?.fields ?? []);
    if (Object.keys(this.faults).length) return false;
    const order = { key: crypto.randomUUID(), request: $state.snapshot(request) as SongRequest };
    this.#orders.push(order);
    keep('orders', this.#orders);
    const done = await this.#send(order);
    if (done && !this.draft.seedLocked) this.draft.seed = '';
    return done;
  }

  async #send(order: Order): Promise<boolean> {
    ++this.sending;
    try {
      songs.added(await post<Song>('songs', order.request, { idempotencyKey: order.key }));
      this.faults = {};
      this.trouble = '';
      this.#forget(order);
      return true;
    } catch (error) {
      // Without an answer it is kept: it may have been made, and is asked for again under its key.
      if (error instanceof ApiError && error.status === 0) this.#later(order);
      else { this.#forget(order); this.#fail(error); }
      return false;
    } finally {
      --this.sending;
    }
  }

  #later(order: Order) {
    toasts.say('No connection: the song is ordered as soon as the service answers.', { kind: 'trouble' });
    const again = () => { removeEventListener('online', again); clearTimeout(timer); void this.#send(order); };
    const timer = setTimeout(again, 5000);
    addEventListener('online', again);
  }

  #forget(order: Order) {
    this.#orders = this.#orders.filter((one) => one.key !== order.key);
    keep('orders', this.#orders.length ? this.#orders : undefined);
  }

  clear() {
    const before = $state.snapshot(this.draft) as Draft;
    this.draft = emptyDraft();
    toasts.say('The page is empty again.', { action: { label: 'Undo', run: () => (this.draft = before) } });
  }
}

export const creating = new Creating();
