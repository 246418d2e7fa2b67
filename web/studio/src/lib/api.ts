// The one way to the API: every call goes through call(), and every failure is an ApiError.
import { ApiError, noConnection, retryAfterSeconds, type Problem } from './problem';

export { ApiError } from './problem';

export interface CallOptions {
  body?: unknown;
  query?: Record<string, string | number | boolean | undefined>;
  signal?: AbortSignal;
  // Sent again after a lost connection, the order is still made once.
  idempotencyKey?: string;
  // A look that nobody asked for: it does not keep the session alive.
  polling?: boolean;
  // Goes out even while the page is being left.
  keepalive?: boolean;
  as?: 'json' | 'text' | 'bytes';
}

// Called when a session turns out to have ended; lib/session.svelte.ts sets it.
let onSignedOut = () => {};
export function whenSignedOut(then: () => void) { onSignedOut = then; }

const MOST_TRIES = 3;
const LONGEST_WAIT_SECONDS = 8;

export function url(path: string, query: CallOptions['query'] = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1/${path}${search ? `?${search}` : ''}`;
}

const pause = (seconds: number, signal?: AbortSignal) => new Promise<void>((resolve, reject) => {
  const timer = setTimeout(resolve, seconds * 1000);
  signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
});

export async function call<T = unknown>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  // What changes nothing, or is named by a key, may be sent again.
  const tries = method === 'GET' || options.idempotencyKey ? MOST_TRIES : 1;
  for (let attempt = 1; ; ++attempt) {
    try {
      return await once<T>(method, path, options);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const passing = error.status === 0 || error.status === 503;
      if (!passing || attempt >= tries) {
        if (error.status === 401 && !/^(auth\/|setup)/.test(path)) onSignedOut();
        throw error;
      }
      await pause(Math.min(error.retryAfterSeconds ?? attempt, LONGEST_WAIT_SECONDS), options.signal);
    }
  }
}

async function once<T>(method: string, path: string, options: CallOptions): Promise<T> {
  const headers: Record<string, string> = { 'X-Requested-With': 'mmx', Accept: 'application/json, */*' };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  if (options.polling) headers['X-Mmx-Polling'] = '1';
  let response: Response;
  try {
    response = await fetch(url(path, options.query), {
      method, headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw noConnection();
  }
  if (!response.ok) throw await failure(response);
  if (response.status === 204) return undefined as T;
  if (options.as === 'text') return await response.text() as T;
  if (options.as === 'bytes') return await response.arrayBuffer() as T;
  return await response.json() as T;
}

async function failure(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({})) as Problem;
  return new ApiError(response.status, problem, retryAfterSeconds(response.headers.get('Retry-After')));
}

export const get = <T>(path: string, options?: CallOptions) => call<T>('GET', path, options);
export const post = <T>(path: string, body: unknown = {}, options?: CallOptions) => call<T>('POST', path, { ...options, body });
export const patch = <T>(path: string, body: unknown, options?: CallOptions) => call<T>('PATCH', path, { ...options, body });
export const del = <T>(path: string, options?: CallOptions) => call<T>('DELETE', path, options);
