// Where we are: the History API as one reactive value. Plain <a href> links work by themselves.
import { untrack } from 'svelte';

class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  query = $derived(new URLSearchParams(this.search));
  // Counts arrivals, so that the page can tell "the same address again" from "no change".
  visits = $state(0);
  #leaving: (() => boolean) | undefined;

  start(): () => void {
    const back = () => this.#arrive();
    addEventListener('popstate', back);
    document.addEventListener('click', this.#onClick);
    history.scrollRestoration = 'auto';
    return () => { removeEventListener('popstate', back); document.removeEventListener('click', this.#onClick); };
  }

  go(to: string, how: { replace?: boolean } = {}) {
    const url = new URL(to, location.origin);
    if (url.origin !== location.origin) return location.assign(to);
    if (untrack(() => this.#leaving) && !this.#leaving?.()) return;
    history[how.replace ? 'replaceState' : 'pushState'](null, '', url);
    this.#arrive();
    if (!url.hash) scrollTo(0, 0);
  }

  // Changes what stands behind '?' without a new entry in the history: filters, searches.
  setQuery(values: Record<string, string | undefined>) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    }
    history.replaceState(null, '', url);
    this.search = url.search;
  }

  #arrive() {
    this.path = location.pathname;
    this.search = location.search;
    ++this.visits;
  }

  #onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname.startsWith('/api/')) return;
    // A jump within the page is the browser's.
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    this.go(link.href);
  };
}

export const router = new Router();
