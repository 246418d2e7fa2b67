// One stream of server-sent events for all tabs. The tab that holds the lock reads the stream and tells the
// others; when it closes, the next tab gets the lock and reads on from the last event that it heard of.

export interface ServerEvent { id: string; kind: string; data: unknown }
export type Link = 'connecting' | 'live' | 'lost';

// What EventSource gives us, so that a test can be the server.
export interface Source {
  onevent: (event: ServerEvent) => void;
  // `gone`: the browser has given up, and it is for us to try again.
  onerror: (gone: boolean) => void;
  close(): void;
}
export interface Surroundings {
  open(lastEventId: string): Source;
  channel: { postMessage(message: unknown): void; onmessage: ((event: { data: unknown }) => void) | null; close(): void } | undefined;
  // Calls `lead` once this tab is the leader; it stays so until the promise that `lead` returned has settled.
  lock(lead: () => Promise<void>, signal: AbortSignal): void;
  later(run: () => void, seconds: number): () => void;
}

type Message = { type: 'event'; event: ServerEvent } | { type: 'link'; link: Link } | { type: 'who' };

const RETRY_SECONDS = [1, 2, 4, 8, 15];

export class SharedEvents {
  #around: Surroundings;
  #stop = new AbortController();
  #source: Source | undefined;
  #cancelRetry = () => {};
  #failures = 0;
  #leads = false;
  #greeted = false;
  #link: Link = 'connecting';
  #lastId = '';
  onevent: (event: ServerEvent) => void = () => {};
  onlink: (link: Link) => void = () => {};
  // Something may have been missed (a lost connection, a restarted server): read again what is shown.
  onresync: () => void = () => {};

  constructor(around: Surroundings) { this.#around = around; }

  start() {
    const { channel } = this.#around;
    if (channel) {
      channel.onmessage = ({ data }) => this.#hear(data as Message);
      channel.postMessage({ type: 'who' } satisfies Message);
    }
    this.#around.lock(() => this.#lead(), this.#stop.signal);
  }

  stop() {
    this.#stop.abort();
    this.#cancelRetry();
    this.#source?.close();
    this.#around.channel?.close();
  }

  get leads() { return this.#leads; }

  #hear(message: Message) {
    if (message.type === 'event') this.#take(message.event);
    else if (message.type === 'link') this.#setLink(message.link);
    else if (this.#leads) this.#tell({ type: 'link', link: this.#link });
  }

  #tell(message: Message) { this.#around.channel?.postMessage(message); }

  #lead(): Promise<void> {
    this.#leads = true;
    this.#open();
    return new Promise((resolve) => {
      if (this.#stop.signal.aborted) resolve();
      this.#stop.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #open() {
    if (this.#stop.signal.aborted) return;
    const source = this.#around.open(this.#lastId);
    this.#source = source;
    source.onevent = (event) => {
      this.#failures = 0;
      this.#take(event);
      this.#tell({ type: 'event', event });
      this.#announce('live');
      if (event.kind === 'end') { source.close(); this.#announce('lost'); }
    };
    source.onerror = (gone) => {
      this.#announce('lost');
      if (!gone) return;
      source.close();
      const seconds = RETRY_SECONDS[Math.min(this.#failures++, RETRY_SECONDS.length - 1)] ?? 15;
      this.#cancelRetry = this.#around.later(() => this.#open(), seconds);
    };
  }

  #announce(link: Link) {
    this.#setLink(link);
    this.#tell({ type: 'link', link });
  }

  #setLink(link: Link) {
    if (link === this.#link) return;
    this.#link = link;
    this.onlink(link);
  }

  #take(event: ServerEvent) {
    if (event.id) this.#lastId = event.id;
    if (event.kind === 'hello') {
      // The first one of a tab opens; each later one comes after a gap.
      if (this.#greeted) this.onresync();
      this.#greeted = true;
      return;
    }
    this.onevent(event);
  }
}
