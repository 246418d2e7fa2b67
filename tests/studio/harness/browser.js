// Debian's Chromium, and pages that are watched: whatever a page says on its console, asks of others or breaks is kept and is a failure.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

let running;
export async function browser() {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is needed: package chromium, group [test] of packages.txt`);
  running ??= await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--mute-audio', '--autoplay-policy=no-user-gesture-required', '--disable-gpu'],
  });
  return running;
}
export async function closeBrowser() {
  await running?.close();
  running = undefined;
}

export class Trouble {
  list = [];
  // What a test brings about on purpose, as [kind, pattern]: a wrong password's 401, a server that is down.
  expected = [];
  note(kind, text) {
    if (!this.expected.some(([of, pattern]) => of === kind && pattern.test(text))) this.list.push(`${kind}: ${text}`);
  }
  check() {
    const found = this.list.splice(0);
    if (found.length > 0) throw new Error(`the page is not clean:\n  ${found.join('\n  ')}`);
  }
}

// One person's browser: cookies of its own. `theme` is what the system says; `width` in pixels.
export async function newPerson(service, { theme = 'light', width = 1280, height = 900, cookies = 'answered', ...more } = {}) {
  const context = await (await browser()).newContext({ baseURL: service.url, colorScheme: theme, viewport: { width, height }, acceptDownloads: true, reducedMotion: 'reduce', ...more });
  context.setDefaultTimeout(30_000);
  if (cookies === 'answered') await context.addCookies([{ name: 'cookie_consent', value: 'refused', url: service.url }]);
  const trouble = new Trouble();
  const page = await context.newPage();
  watch(page, service, trouble);
  return { context, page, trouble, service };
}

export function watch(page, service, trouble) {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.note('console', `${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => trouble.note('exception', error.stack ?? String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${service.url}/`) && !/^(data|blob):/.test(url)) trouble.note('third party', url);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) trouble.note('server', `${response.status()} ${response.url()}`);
  });
}

// The API as this person, with this person's cookies.
export async function api(person, method, path, body, headers = {}) {
  const answer = await person.context.request.fetch(`/api/v1/${path}`, {
    method, headers: { 'X-Requested-With': 'mmx', Origin: person.service.url, ...headers }, ...(body === undefined ? {} : { data: body }),
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : undefined;
}
