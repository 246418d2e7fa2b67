// How quick the studio is to be there, how little it loads, and what its pages are allowed to do.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { closeBrowser, newPerson } from './harness/browser.js';
import { setUp } from './harness/people.js';
import { Service } from './harness/service.js';
import { orderSong } from './harness/songs.js';

const MOST_SCRIPT_BYTES = 100_000;
const MOST_MS = 1000;
const SONGS = 10_000;
const MANY_SONGS = fileURLToPath(new URL('harness/many_songs.py', import.meta.url));

describe('the first visit', () => {
  let service, administrator;
  before(async () => {
    service = await new Service({ settings: { workers: 0, welcome_songs: 0 } }).start();
    administrator = await setUp(service);
  });
  after(async () => {
    await closeBrowser();
    await service.close();
  });

  it('P05 the Create page loads less than 100 KB of compressed script and can be used within a second', async () => {
    const cookies = (await administrator.context.cookies()).filter(({ name }) => name === 'session_token');
    const visit = async () => {
      const person = await newPerson(service);
      await person.context.addCookies(cookies);
      const { page } = person;
      let scripts = 0;
      const sizes = [];
      page.on('requestfinished', (request) => {
        if (request.resourceType() === 'script') sizes.push(request.sizes().then(({ responseBodySize }) => { scripts += responseBodySize; }));
      });
      // Read in the page itself, so that our own way to it does not count.
      await page.addInitScript(() => {
        const look = new MutationObserver(() => {
          if (!document.querySelector('textarea[name="prompt"]') || !document.querySelector('button[type="submit"]')) return;
          look.disconnect();
          requestAnimationFrame(() => { window.usable_ms = performance.now(); });
        });
        look.observe(document, { childList: true, subtree: true });
      });
      await page.goto('/');
      await page.waitForFunction(() => window.usable_ms);
      const usable_ms = await page.evaluate(() => window.usable_ms);
      await page.getByLabel('What should it sound like?').fill('quiet piano');
      await page.getByRole('button', { name: 'Make the song' }).waitFor();
      await page.waitForLoadState('load');  // never idle: the stream of events stays open
      await Promise.all(sizes);
      person.trouble.check();
      await person.context.close();
      return { scripts, usable_ms };
    };
    // The best of five: the machine does other things too.
    const visits = [];
    while (visits.length < 5 && !visits.some(({ usable_ms }) => usable_ms < MOST_MS)) visits.push(await visit());
    const [first] = visits;
    const best_ms = Math.min(...visits.map(({ usable_ms }) => usable_ms));
    console.log(`first load: ${first.scripts} bytes of script, usable after ${Math.round(best_ms)} ms`);
    assert.ok(first.scripts > 10_000, 'something was measured');
    assert.ok(first.scripts < MOST_SCRIPT_BYTES, `${first.scripts} bytes`);
    assert.ok(best_ms < MOST_MS, `${best_ms} ms`);
  });

  it('P05 a library of ten thousand songs keeps few rows, and scrolling holds the page up for no time that is felt', async () => {
    const person = await newPerson(service, { reducedMotion: 'no-preference' });
    await person.context.addCookies(await administrator.context.cookies());
    const { page, trouble } = person;
    const song = await orderSong(administrator, { prompt: 'quiet piano', duration_seconds: 10, voice: 'none' });
    const songs = execFileSync('/usr/bin/python3', [MANY_SONGS, join(service.data, 'mmx.db'), song, String(SONGS)], { encoding: 'utf8' });
    assert.equal(Number(songs), SONGS + 1);
    await page.goto('/library');
    await page.getByText(`Song ${SONGS}`).waitFor();
    await page.evaluate(() => {
      const seen = { frames: [], blocked_ms: 0, rows: 0 };
      window.seen = seen;
      new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.blocked_ms += duration - 50; }).observe({ type: 'longtask' });
      let before = performance.now();
      const frame = (now) => {
        seen.frames.push(now - before);
        seen.rows = Math.max(seen.rows, document.querySelectorAll('[data-index]').length);
        before = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const start = Date.now();
    await page.mouse.move(600, 500);
    for (let turn = 0; turn < 120; ++turn) await page.mouse.wheel(0, 600);
    const seen = await page.evaluate(() => window.seen);
    const took_ms = Date.now() - start;
    const frames = seen.frames.sort((a, b) => a - b);
    console.log(`120 turns of the wheel over ${SONGS} songs: ${took_ms} ms, a frame every ${frames[frames.length >> 1].toFixed(1)} ms (p95 ${frames[Math.floor(frames.length * 0.95)].toFixed(1)}), blocked ${seen.blocked_ms.toFixed(0)} ms, at most ${seen.rows} rows`);
    assert.ok(seen.rows > 10 && seen.rows < 60, `${seen.rows} rows`);
    assert.ok(seen.blocked_ms < took_ms / 10, `blocked for ${seen.blocked_ms} of ${took_ms} ms`);
    // To the very end, a page of songs after the other.
    await page.keyboard.press('End');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.getByText('Song 00001').waitFor();
    trouble.check();
  });

  it('P30 the policy lets a page run nothing but its own, and a script that is slipped in does not run', async () => {
    const person = await newPerson(service);
    const answer = await person.page.goto('/login');
    const policy = answer.headers()['content-security-policy'];
    assert.ok(!/unsafe-inline|unsafe-eval|https?:|\*/.test(policy), policy);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    const again = await person.page.request.get('/login');
    const nonce = (text) => /'nonce-([^']+)'/.exec(text)?.[1];
    assert.ok(nonce(policy) && nonce(policy) !== nonce(again.headers()['content-security-policy']), 'a number for each answer');
    person.trouble.expected.push(['console', /Content Security Policy|Refused to|violates/]);
    await person.page.getByRole('heading', { name: 'Log in' }).waitFor();
    const ran = await person.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.slippedIn = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.slippedIn = true');
      image.src = '/nowhere.png';
      document.body.append(image);
      await new Promise((resolve) => { image.addEventListener('error', resolve); });
      return 'slippedIn' in window;
    });
    assert.equal(ran, false);
  });

  it('P05 what has a hash in its name is kept by the browser for good, and comes compressed', async () => {
    const { context } = await newPerson(service);
    const html = await (await context.request.get('/login')).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
    assert.ok(script, 'the page has a script');
    const answer = await context.request.get(script, { headers: { 'Accept-Encoding': 'br' } });
    assert.equal(answer.headers()['content-encoding'], 'br');
    assert.match(answer.headers()['cache-control'], /immutable/);
    assert.equal((await context.request.get('/nowhere', { headers: { Accept: 'text/html' } })).status(), 404);
    assert.equal((await context.request.get('/assets/nothing.js')).status(), 404);
  });
});
