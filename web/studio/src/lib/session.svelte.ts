// Who is signed in.
import { ApiError, get, post, whenSignedOut } from './api';
import { forgetDrafts } from './kept';
import { router } from './router.svelte';
import { safeReturn } from './route_match';
import type { Account } from './types';

class Session {
  me = $state<Account | null>(null);
  // False until the first answer came: nothing is shown that might be wrong.
  known = $state(false);
  trouble = $state<ApiError | null>(null);
  isAdministrator = $derived(this.me?.role === 'administrator');

  async load() {
    this.trouble = null;
    try {
      this.me = (await get<{ account: Account | null }>('session')).account;
      this.known = true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Who was signed in still is, as far as anybody knows.
      if (error.status !== 401 && error.status !== 403) { this.trouble = error; return; }
      this.me = null;
      this.known = true;
    }
  }

  // After logging in or setting up: back to where people were on their way to.
  async entered() {
    await this.load();
    router.go(safeReturn(router.query.get('next')), { replace: true });
  }

  async leave() {
    await post('auth/logout').catch(() => {});
    forgetDrafts();
    // A fresh page: nothing of this account stays in memory.
    location.assign('/login');
  }

  signedOut() {
    if (!this.me) return;
    this.me = null;
    this.known = true;
  }
}

export const session = new Session();
whenSignedOut(() => session.signedOut());

export function loginAddress(): string {
  const here = router.path + router.search;
  return here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`;
}
