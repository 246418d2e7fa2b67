// The token of a mailed or printed link. It stands behind '#', so that no server and no log ever sees it; it is taken out of the address
// at once, and this tab keeps it over a reload until it was used.
import { keep, kept } from '$lib/kept';

const name = () => `link:${location.pathname}`;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function tokenIn(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') || undefined;
}

export function takeToken(): string | undefined {
  const token = tokenIn(location.hash);
  if (!token) return kept(name(), isText);
  history.replaceState(null, '', location.pathname + location.search);
  keep(name(), token);
  return token;
}

export function forgetToken() { keep(name(), undefined); }
