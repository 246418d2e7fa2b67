// What a first visit to each page downloads, compressed: the page's scripts with all that they import at once.
//   node first_load.mjs DIST
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST_BYTES = 100_000;
const dist = process.argv[2];
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const entry = /<script type="module"[^>]*src="\/(assets\/[^"]+)"/.exec(page)?.[1];
if (!entry) throw new Error('index.html names no script');

const text = (name) => readFileSync(join(dist, name), 'utf8');
const size = (name) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;

// Imports that come with a file; import() is fetched later.
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, next] of text(name).matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)) closure(`assets/${next}`, seen);
  return seen;
}

const first = closure(entry);
const total = (names) => [...names].reduce((sum, name) => sum + size(name), 0);
let worst = 0;
for (const name of readdirSync(join(dist, 'assets')).filter((one) => one.endsWith('.js')).sort()) {
  const all = total(closure(`assets/${name}`, new Set(first)));
  console.log(`${name.padEnd(36)} ${String(size(`assets/${name}`)).padStart(7)} B, a first visit to it ${String(all).padStart(7)} B`);
  worst = Math.max(worst, all);
}
for (const bad of ['http://', 'https://']) {
  // Names of standards are no requests; everything that a browser would fetch is ours.
  const outside = [...page.matchAll(new RegExp(`(?:src|href)="${bad}[^"]+"`, 'g'))];
  if (outside.length) throw new Error(`index.html asks somebody else: ${outside}`);
}
if (page.includes(' style=')) throw new Error('index.html has an inline style, which the Content-Security-Policy forbids');
console.log(`the most a first visit takes is ${worst} B of JavaScript; ${MOST_BYTES} B are allowed`);
process.exit(worst < MOST_BYTES ? 0 : 1);
