// Addresses: "/songs/{id}" against what stands in the address bar.

export interface Matched<R> { route: R; params: Record<string, string> }

// The values of the steps in braces, or undefined. A literal step matches itself, "{name}" one step.
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/'), came = path.split('/');
  if (wanted.length !== came.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, step] of wanted.entries()) {
    const value = came[i] ?? '';
    if (step.startsWith('{') && step.endsWith('}')) {
      if (value === '') return undefined;
      try { params[step.slice(1, -1)] = decodeURIComponent(value); } catch { return undefined; }
    } else if (step !== value) return undefined;
  }
  return params;
}

// A slash at the end means the same page; literal routes win over those with braces.
export function findRoute<R extends { path: string }>(routes: readonly R[], path: string): Matched<R> | undefined {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
  const sorted = [...routes].sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  for (const route of sorted) {
    const params = matchPath(route.path, plain);
    if (params) return { route, params };
  }
  return undefined;
}

// Where to go after logging in: an address of ours and nothing else, so that no link can send people elsewhere.
export function safeReturn(next: string | null | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || /[\\\s\u0000-\u001f]/.test(next)) return '/';
  return /^\/(login|register|setup|forgot|reset|verify)\b/.test(next) ? '/' : next;
}
