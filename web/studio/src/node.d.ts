// The one thing of Node that a test here needs; the pages themselves run in browsers alone.
declare module 'node:fs' {
  export function readFileSync(path: URL, encoding: 'utf8'): string;
}
