// The library's list: pages by cursor, one after the other, and the changes that arrive while it is open.
import { songs } from '$lib/songs.svelte';
import type { ApiError } from '$lib/api';

export interface Filter { q: string; state: string; genre: string; pinned: string; sort: string }
const PAGE = 100;

export class SongList {
  ids = $state.raw<string[]>([]);
  total = $state(0);
  exact = $state(true);
  more = $state(false);
  loading = $state(false);
  loaded = $state(false);
  trouble = $state.raw<ApiError | undefined>();
  #filter: Filter = { q: '', state: '', genre: '', pinned: '', sort: '' };
  #cursor: string | null = null;
  #asked: AbortController | undefined;

  // Ten thousand songs are not asked one by one as long as none is hidden.
  visible = $derived(songs.hidden.size === 0 ? this.ids : this.ids.filter((id) => !songs.hidden.has(id)));
  // How many rows the list has room for: those that are there, and those that are known to come.
  count = $derived(this.more ? Math.max(this.visible.length, this.total - (this.ids.length - this.visible.length)) : this.visible.length);

  async open(filter: Filter) {
    this.#filter = filter;
    this.#asked?.abort();
    this.#cursor = null;
    this.loading = false;
    await this.#next(true);
  }

  async next() { if (this.more && !this.loading) await this.#next(false); }

  async #next(first: boolean) {
    const asked = new AbortController();
    this.#asked = asked;
    this.loading = true;
    const { q, state, genre, pinned, sort } = this.#filter;
    try {
      const page = await songs.page({ q, state, genre, pinned, sort, limit: PAGE, cursor: first ? undefined : this.#cursor ?? undefined }, asked.signal);
      if (asked.signal.aborted) return;
      const news = page.songs.map((song) => song.id);
      const had = new Set(first ? [] : this.ids);
      this.ids = first ? news : [...this.ids, ...news.filter((id) => !had.has(id))];
      this.#cursor = page.next_cursor;
      this.more = page.next_cursor !== null;
      this.total = page.total;
      this.exact = page.total_is_exact;
      this.loaded = true;
      this.trouble = undefined;
    } catch (error) {
      if (asked.signal.aborted) return;
      this.trouble = error as ApiError;
    }
    this.loading = false;
  }

  // A song came, changed or went.
  hear(news: { id: string; state: string }) {
    const has = this.ids.includes(news.id);
    if (news.state === 'removed') {
      if (!has) return;
      this.ids = this.ids.filter((id) => id !== news.id);
      this.total = Math.max(0, this.total - 1);
    } else if (!has && this.loaded) {
      const { q, state, genre, pinned, sort } = this.#filter;
      // Newest first and unfiltered: it stands at the top. Elsewhere only the server knows its place.
      if (!q && !state && !genre && !pinned && (sort === '' || sort === '-created')) {
        this.ids = [news.id, ...this.ids];
        ++this.total;
      }
    }
  }

  again() { return this.open(this.#filter); }
}
