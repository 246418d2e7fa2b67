// Several tabs in one room: the lock, the channel and the server's journal as browsers and the server have them.
import { describe, expect, it } from 'vitest';
import { SharedEvents, type ServerEvent, type Source, type Surroundings } from './shared_events';

class Room {
  journal: ServerEvent[] = [];
  open: { source: Source; sent: number }[] = [];
  opened = 0;
  refuses = false;
  #waiting: (() => void)[] = [];
  #held = false;
  #channels = new Set<NonNullable<Surroundings['channel']>>();
  #later: (() => void)[] = [];

  tab(options: { channel?: boolean } = {}) {
    const heard: ServerEvent[] = [], links: string[] = [];
    let resyncs = 0;
    const channel: NonNullable<Surroundings['channel']> = {
      onmessage: null,
      postMessage: (message) => { for (const other of this.#channels) if (other !== channel) other.onmessage?.({ data: structuredClone(message) }); },
      close: () => this.#channels.delete(channel),
    };
    if (options.channel !== false) this.#channels.add(channel);
    const shared = new SharedEvents({
      open: (last) => this.#serve(last),
      channel: options.channel === false ? undefined : channel,
      lock: (lead, signal) => {
        const enter = () => { if (signal.aborted) return this.#next(); this.#held = true; void lead().then(() => { this.#held = false; this.#next(); }); };
        if (this.#held) this.#waiting.push(enter); else enter();
      },
      later: (run) => { this.#later.push(run); return () => { this.#later = this.#later.filter((one) => one !== run); }; },
    });
    shared.onevent = (event) => heard.push(event);
    shared.onlink = (link) => links.push(link);
    shared.onresync = () => ++resyncs;
    shared.start();
    return { shared, heard, links, get resyncs() { return resyncs; } };
  }

  #next() { this.#waiting.shift()?.(); }

  #serve(last: string): Source {
    ++this.opened;
    const source: Source = { onevent: () => {}, onerror: () => {}, close: () => { this.open = this.open.filter((one) => one.source !== source); } };
    const from = last === '' ? this.journal.length : this.journal.findIndex((event) => event.id === last) + 1;
    const entry = { source, sent: from };
    this.open.push(entry);
    queueMicrotask(() => {
      if (this.refuses) return source.onerror(true);
      source.onevent({ id: last || String(this.journal.length), kind: 'hello', data: {} });
      this.#flush(entry);
    });
    return source;
  }
  #flush(entry: { source: Source; sent: number }) {
    while (entry.sent < this.journal.length) entry.source.onevent(this.journal[entry.sent++]!);
  }

  happens(kind: string) {
    this.journal.push({ id: String(this.journal.length + 1), kind, data: {} });
    if (!this.refuses) for (const entry of this.open) this.#flush(entry);
  }
  // The connection breaks; the browser has given up.
  breaks() { for (const { source } of [...this.open]) { source.close(); source.onerror(true); } }
  timePasses() { const due = this.#later; this.#later = []; for (const run of due) run(); }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const kinds = (events: ServerEvent[]) => events.map((event) => event.kind);

describe('Of many tabs', () => {
  it('one alone has a connection, and all hear', async () => {
    const room = new Room();
    const tabs = [room.tab(), room.tab(), room.tab()];
    await settled();
    room.happens('song');
    expect(room.opened).toBe(1);
    for (const tab of tabs) expect(kinds(tab.heard)).toEqual(['song']);
    expect(tabs.map((tab) => tab.shared.leads)).toEqual([true, false, false]);
  });
  it('the next one takes over when the leader closes, and misses nothing', async () => {
    const room = new Room();
    const [first, second] = [room.tab(), room.tab()];
    await settled();
    room.happens('one');
    first!.shared.stop();
    room.happens('two');
    await settled();
    room.happens('three');
    expect(second!.shared.leads).toBe(true);
    expect(kinds(second!.heard)).toEqual(['one', 'two', 'three']);
    expect(room.open.length).toBe(1);
  });
  it('a new one hears at once how the connection is', async () => {
    const room = new Room();
    room.tab();
    await settled();
    const late = room.tab();
    await settled();
    expect(late.links).toEqual(['live']);
  });
  it('each reads for itself where there is no channel and no lock', async () => {
    const room = new Room();
    const alone = room.tab({ channel: false });
    await settled();
    room.happens('song');
    expect(kinds(alone.heard)).toEqual(['song']);
  });
});

describe('After a lost connection', () => {
  it('the stream goes on where it was, and what is shown is read again', async () => {
    const room = new Room();
    const [leader, other] = [room.tab(), room.tab()];
    await settled();
    room.happens('before');
    room.breaks();
    expect(leader!.links.at(-1)).toBe('lost');
    expect(other!.links.at(-1)).toBe('lost');
    room.happens('meanwhile');
    room.timePasses();
    await settled();
    expect(kinds(leader!.heard)).toEqual(['before', 'meanwhile']);
    expect(kinds(other!.heard)).toEqual(['before', 'meanwhile']);
    expect(leader!.resyncs).toBe(1);
    expect(leader!.links.at(-1)).toBe('live');
    expect(other!.links.at(-1)).toBe('live');
  });
  it('a server that is away is tried again until it is back', async () => {
    const room = new Room();
    room.refuses = true;
    const tab = room.tab();
    await settled();
    for (let i = 0; i < 3; ++i) { room.timePasses(); await settled(); }
    expect(room.opened).toBe(4);
    room.refuses = false;
    room.timePasses();
    await settled();
    room.happens('song');
    expect(kinds(tab.heard)).toEqual(['song']);
  });
  it('a stopped tab does not try again', async () => {
    const room = new Room();
    const tab = room.tab();
    await settled();
    room.breaks();
    tab.shared.stop();
    room.timePasses();
    await settled();
    expect(room.opened).toBe(1);
  });
});

it('A session that ends closes the stream', async () => {
  const room = new Room();
  const tab = room.tab();
  await settled();
  room.happens('end');
  expect(kinds(tab.heard)).toEqual(['end']);
  expect(room.open.length).toBe(0);
});
