// The account's events in this tab: who wants to know says so with on().
import { SharedEvents, type Link, type ServerEvent, type Source, type Surroundings } from './shared_events';
import { session } from './session.svelte';
import { url } from './api';

const KINDS = ['hello', 'song', 'progress', 'rendition', 'usage', 'end'];

function openSource(lastEventId: string): Source {
  const stream = new EventSource(url('events', { last_event_id: lastEventId || undefined }));
  const source: Source = { onevent: () => {}, onerror: () => {}, close: () => stream.close() };
  for (const kind of KINDS) stream.addEventListener(kind, (event) => {
    let data: unknown = {};
    try { data = JSON.parse(event.data); } catch { /* an event without a body */ }
    source.onevent({ id: event.lastEventId, kind, data });
  });
  stream.onerror = () => source.onerror(stream.readyState === EventSource.CLOSED);
  return source;
}

function surroundings(account: string): Surroundings {
  const name = `mmx_events_${account}`;
  return {
    open: openSource,
    channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) as Surroundings['channel'] : undefined,
    lock(lead, signal) {
      // Without locks every tab reads for itself.
      if (!navigator.locks) { void lead(); return; }
      navigator.locks.request(name, { signal }, lead).catch(() => { /* stopped while waiting */ });
    },
    later(run, seconds) { const timer = setTimeout(run, seconds * 1000); return () => clearTimeout(timer); },
  };
}

type Listener = (data: never) => void;

class Events {
  link = $state<Link>('connecting');
  #shared: SharedEvents | undefined;
  #account = '';
  #listeners = new Map<string, Set<Listener>>();

  // Follows the session: an account's stream runs while it is signed in.
  follow(account: string | undefined) {
    if (account === this.#account) return;
    this.#shared?.stop();
    this.#shared = undefined;
    this.#account = account ?? '';
    if (!account) return;
    const shared = new SharedEvents(surroundings(account));
    shared.onevent = (event) => this.#tell(event);
    shared.onlink = (link) => (this.link = link);
    shared.onresync = () => this.#tell({ id: '', kind: 'resync', data: {} });
    this.#shared = shared;
    shared.start();
  }

  // Kinds: song, progress, rendition, usage, and resync: something may have been missed.
  on<T>(kind: string, listener: (data: T) => void): () => void {
    const set = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, set);
    set.add(listener as Listener);
    return () => set.delete(listener as Listener);
  }

  #tell(event: ServerEvent) {
    if (event.kind === 'end') void session.load();
    for (const listener of this.#listeners.get(event.kind) ?? []) listener(event.data as never);
  }
}

export const events = new Events();
