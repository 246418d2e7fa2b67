// What tests need of Node; the pages themselves run in browsers alone.
declare module 'node:fs' {
  export function readFileSync(path: URL, encoding: 'utf8'): string;
}
declare module 'node:crypto' {
  export const webcrypto: Crypto;
}
