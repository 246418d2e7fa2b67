// Every song that this tab has seen, kept up to date by the account's events.
import { SvelteMap } from 'svelte/reactivity';
import { ApiError, del, get, patch, post } from './api';
import { events } from './events.svelte';
import { isBusy } from './song_states';
import { toasts, withUndo } from './toasts.svelte';
import type { Song, SongPage, SongSummary } from './types';

type SongNews = { id: string; state: SongSummary['state'] | 'removed'; title?: string; has_audio?: boolean };
type ProgressNews = { id: string; progress: number; stage: string };

class Songs {
  known = new SvelteMap<string, SongSummary>();
  // Deleted in this tab, while it can still be undone.
  hidden = new SvelteMap<string, true>();
  // Newest first: what the Create page shows.
  recent = $state<string[]>([]);
  recentLoaded = $state(false);
  #listening = false;
  #onNews = new Set<(news: SongNews) => void>();

  listen() {
    if (this.#listening) return;
    this.#listening = true;
    events.on<SongNews>('song', (news) => this.#hear(news));
    events.on<ProgressNews>('progress', (news) => {
      const song = this.known.get(news.id);
      if (song && isBusy(song)) this.known.set(news.id, { ...song, state: 'making', progress: news.progress, stage: news.stage });
    });
    events.on('resync', () => void this.#resync());
  }

  // For lists, which must know of songs that come and go.
  onNews(listener: (news: SongNews) => void): () => void {
    this.#onNews.add(listener);
    return () => this.#onNews.delete(listener);
  }

  put<T extends SongSummary>(song: T): T {
    const before = this.known.get(song.id);
    // A list does not say how far a song is; the events did.
    const work = before && isBusy(song) && song.progress === undefined ? { progress: before.progress, stage: before.stage } : {};
    this.known.set(song.id, { ...song, ...work });
    return song;
  }

  async page(query: Record<string, string | number | undefined>, signal?: AbortSignal): Promise<SongPage> {
    const page = await get<SongPage>('songs', { query, signal });
    for (const song of page.songs) this.put(song);
    return page;
  }

  async loadRecent() {
    this.listen();
    const page = await this.page({ limit: 12 });
    this.recent = page.songs.map((song) => song.id);
    this.recentLoaded = true;
    // How far they are is told by the song itself.
    await Promise.all(page.songs.filter(isBusy).map((song) => this.refresh(song.id)));
  }

  async refresh(id: string): Promise<Song | undefined> {
    try {
      return this.put(await get<Song>(`songs/${id}`, { polling: true }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.#gone(id);
      return undefined;
    }
  }

  added(song: SongSummary) {
    this.put(song);
    if (!this.recent.includes(song.id)) this.recent.unshift(song.id);
    for (const listener of this.#onNews) listener(song);
  }

  #hear(news: SongNews) {
    if (news.state === 'removed') return this.#gone(news.id);
    const song = this.known.get(news.id);
    if (song) this.known.set(news.id, { ...song, state: news.state, title: news.title ?? song.title, has_audio: news.has_audio ?? song.has_audio });
    else if (this.recentLoaded && !this.recent.includes(news.id)) this.recent.unshift(news.id);
    if (song?.state !== news.state) void this.refresh(news.id);
    for (const listener of this.#onNews) listener(news);
  }

  #gone(id: string) {
    this.known.delete(id);
    this.recent = this.recent.filter((one) => one !== id);
    for (const listener of this.#onNews) listener({ id, state: 'removed' });
  }

  async #resync() {
    const busy = [...this.known.values()].filter(isBusy).map((song) => song.id);
    await Promise.all(busy.map((id) => this.refresh(id)));
    if (this.recentLoaded) await this.loadRecent().catch(() => {});
  }

  // What people do with a song. Failures are told, and the page shows again what is true.

  async rename(id: string, title: string): Promise<boolean> {
    try { this.put(await patch<Song>(`songs/${id}`, { title })); return true; } catch (error) { toasts.trouble(error); return false; }
  }

  async pin(id: string, pinned: boolean) {
    const song = this.known.get(id);
    if (song) this.known.set(id, { ...song, pinned });
    try { this.put(await patch<Song>(`songs/${id}`, { pinned })); } catch (error) {
      if (song) this.known.set(id, song);
      toasts.trouble(error);
    }
  }

  async cancel(id: string) {
    try { this.put(await post<Song>(`songs/${id}/cancel`)); } catch (error) {
      toasts.trouble(error);
      void this.refresh(id);
    }
  }

  async variation(id: string): Promise<Song | undefined> {
    try {
      const song = await post<Song>(`songs/${id}/variation`, {}, { idempotencyKey: crypto.randomUUID() });
      this.added(song);
      toasts.say('A variation is on its way: the same request, a new seed.');
      return song;
    } catch (error) { toasts.trouble(error); return undefined; }
  }

  // Throws: whoever asks must handle that another engine version would make it (409).
  async makeAgain(id: string, newerEngine = false): Promise<Song> {
    return this.put(await post<Song>(`songs/${id}/regenerate`, newerEngine ? { newer_engine: true } : {}, { idempotencyKey: crypto.randomUUID() }));
  }

  // Hidden at once, deleted a few seconds later, unless that is taken back.
  remove(ids: readonly string[]) {
    for (const id of ids) this.hidden.set(id, true);
    const show = () => { for (const id of ids) this.hidden.delete(id); };
    const title = ids.length === 1 ? `“${this.known.get(ids[0] ?? '')?.title ?? 'The song'}” is deleted.` : `${ids.length} songs are deleted.`;
    withUndo(title, async (leaving) => {
      const results = await Promise.allSettled(ids.map((id) => del(`songs/${id}`, { keepalive: leaving })));
      const failed = results.find((result): result is PromiseRejectedResult => result.status === 'rejected');
      ids.forEach((id, i) => {
        if (results[i]?.status === 'fulfilled') this.#gone(id);
        this.hidden.delete(id);
      });
      if (failed) toasts.trouble(failed.reason);
    }, show);
  }
}

export const songs = new Songs();
