// Songs from the first click to the last byte: made, heard, cancelled, kept through reloads and restarts, archived, made again, downloaded.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { api, closeBrowser } from './harness/browser.js';
import { member, setUp, signUp } from './harness/people.js';
import { Service } from './harness/service.js';
import { card, create, hears, inState, orderSong, ready, songOf } from './harness/songs.js';
import { until } from './harness/wait.js';

const PLAN = (id, storage) => `
[[plan]]
id = "${id}"
name = "${id}"
price = "free"
daily_generations = 100
monthly_generations = 1000
monthly_credits = 1000
storage_mb = ${storage}
longest_song_seconds = 600
parallel_jobs = 3
formats = ["flac", "wav", "mp3", "opus"]
`;
// The last one is the largest: the first administrator gets it.
const PLANS = `[cost]\ncredits_per_started_minute = 1\n${PLAN('thimble', 2)}${PLAN('free', 1000)}`;
// What a browser says of a server that is away for a moment.
const away = [['console', /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|503 \(/], ['server', /^503 /]];

describe('songs', () => {
  let service, administrator;
  before(async () => {
    service = await new Service({ plans: PLANS, settings: { welcome_songs: 1 } }).start();
    administrator = await setUp(service);
  });
  after(async () => {
    await closeBrowser();
    await service.close();
  });

  it('P50 from the set-up link to a playing song', async () => {
    const { page, trouble } = administrator;
    const first = page.locator('article[data-state="ready"]').first();
    await first.waitFor({ timeout: 240_000 });
    const title = await first.locator('a.title').textContent();
    await first.getByRole('button', { name: `Play “${title}”` }).click();
    await hears(page, title);
    trouble.check();
  });

  it('P01 from signing up to a playing song, which plays on while pages change', async () => {
    const person = await signUp(service);
    const { page, trouble } = person;
    const id = await create(person, { prompt: 'warm lo-fi hip hop, mellow Rhodes, 82 bpm in D minor' });
    await inState(page, id, 'ready');
    const song = await songOf(person, id);
    assert.deepEqual([song.bpm, song.key], [82, 'D minor']);
    // Whole bars: a song may differ from the asked length by up to two seconds.
    assert.ok(Math.abs(song.duration_seconds - 10) <= 2, `${song.duration_seconds} s`);
    await card(page, id).getByRole('button', { name: `Play “${song.title}”` }).click();
    await hears(page, song.title);
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.getByRole('link', { name: song.title }).first().click();
    await page.getByRole('heading', { name: song.title }).waitFor();
    await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: /^Pause|^Play/ }).waitFor();
    trouble.check();
  });

  it('P24 a song that is cancelled gives its credits back', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    const before = (await api(person, 'GET', 'me/usage')).credits.balance;
    // The one worker is busy with the first while the second waits.
    const id = await create(person, { length: '9:00' });
    const waiting = await create(person, { length: '9:00' });
    assert.equal((await api(person, 'GET', 'me/usage')).credits.balance, before - 18);
    for (const one of [waiting, id]) {
      await card(page, one).getByRole('button', { name: /^Cancel/ }).click();
      await inState(page, one, 'cancelled');
    }
    assert.equal((await api(person, 'GET', 'me/usage')).credits.balance, before);
    trouble.check();
  });

  it('P52 a reload in the middle loses nothing: neither the song nor what was typed', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    const id = await create(person, { length: '4:00' });
    await page.getByLabel('What should it sound like?').fill('a draft that is not sent yet');
    await inState(page, id, 'making');
    await until('the draft is kept', () => page.evaluate(() => JSON.stringify({ ...sessionStorage }).includes('a draft that is not sent yet')));
    await page.reload();
    await card(page, id).waitFor();
    assert.equal(await page.getByLabel('What should it sound like?').inputValue(), 'a draft that is not sent yet');
    await inState(page, id, 'ready');
    trouble.check();
  });

  it('P52 a server that restarts in the middle is waited for, and the song comes without a reload', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    trouble.expected.push(...away);
    administrator.trouble.expected.push(...away);
    const id = await create(person, { length: '4:00' });
    await inState(page, id, 'making');
    await page.evaluate(() => { window.notReloaded = true; });
    await service.stop();
    await page.getByText('The connection is interrupted').waitFor();
    await service.start();
    await page.getByText('The connection is interrupted').waitFor({ state: 'hidden' });
    await inState(page, id, 'ready');
    assert.equal(await page.evaluate(() => window.notReloaded), true);
    trouble.check();
  });

  it('P06 audio that has no room is archived, says so, and comes back exactly with one click', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    const { id: account } = await api(person, 'GET', 'me');
    await api(administrator, 'POST', `admin/users/${account}/plan`, { plan: 'thimble' });
    const old = await ready(person, await orderSong(person, { title: 'The first one' }));
    // Until there is no room for the first any more.
    const others = [];
    while ((await songOf(person, old.id)).state !== 'archived') {
      assert.ok(others.length < 5, 'five songs more have room as well');
      others.push(await ready(person, await orderSong(person, { title: 'A later one', seed: String(8 + others.length) })));
    }
    await page.goto('/library');
    await page.getByRole('link', { name: 'The first one' }).click();
    await page.getByText('Its audio was archived').waitFor();
    const balance = (await api(person, 'GET', 'me/usage')).credits.balance;
    await page.getByRole('button', { name: 'Make again' }).click();
    await inState(page, old.id, 'ready');
    await page.getByText('every sample is the same').waitFor();
    const again = await songOf(person, old.id);
    assert.equal(again.sha256, old.sha256);
    assert.equal(again.remake_exact, true);
    assert.equal((await api(person, 'GET', 'me/usage')).credits.balance, balance);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await hears(page, 'The first one');
    trouble.check();
  });

  it('P05 every download is what its name says', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    const song = await ready(person, await orderSong(person, { title: 'Bytes & pieces', prompt: 'jazz trio' }));
    await page.goto(`/songs/${song.id}`);
    const section = page.getByRole('region', { name: 'Downloads' });
    const bytesOf = async (control) => {
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), control.click()]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const text = (bytes, from, to) => bytes.subarray(from, to).toString('latin1');
    const flac = await bytesOf(section.getByRole('link', { name: 'Download FLAC' }));
    assert.equal(text(flac.bytes, 0, 4), 'fLaC');
    assert.equal(createHash('sha256').update(flac.bytes).digest('hex'), song.audio_sha256);
    assert.match(flac.name, /\.flac$/);
    const wav = await bytesOf(section.getByRole('button', { name: 'Download WAV' }));
    assert.equal(text(wav.bytes, 0, 4) + text(wav.bytes, 8, 12), 'RIFFWAVE');
    assert.equal(wav.bytes.readUInt32LE(4), wav.bytes.length - 8);
    for (const name of ['Download MP3', 'Download MP3 320']) {
      const mp3 = await bytesOf(section.getByRole('button', { name, exact: true }));
      assert.equal(text(mp3.bytes, 0, 3), 'ID3');
      assert.match(mp3.name, /\.mp3$/);
    }
    const opus = await bytesOf(section.getByRole('button', { name: 'Download Opus' }));
    assert.equal(text(opus.bytes, 0, 4), 'OggS');
    assert.ok(text(opus.bytes, 0, 200).includes('OpusHead'));
    const midi = await bytesOf(section.getByRole('link', { name: 'Download MIDI' }));
    assert.equal(text(midi.bytes, 0, 4), 'MThd');
    await page.getByRole('button', { name: 'Take it apart' }).click();
    const stem = await bytesOf(page.getByRole('region', { name: 'Stems' }).getByRole('link', { name: /^Download / }).first());
    assert.equal(text(stem.bytes, 0, 4), 'fLaC');
    const zip = await bytesOf(page.getByRole('link', { name: /All as ZIP/ }));
    assert.equal(text(zip.bytes, 0, 4), 'PK\u0003\u0004');
    trouble.check();
  });

  it('P05 stems are heard, muted and heard alone in the browser', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    const song = await ready(person, await orderSong(person, { prompt: 'jazz trio' }));
    await page.goto(`/songs/${song.id}`);
    await page.getByRole('button', { name: 'Take it apart' }).click();
    await page.getByRole('button', { name: 'Play stems' }).click();
    const place = page.getByLabel('Place in the stems');
    await until('the stems play', async () => Number(await place.inputValue()) > 0.3);
    const mute = page.getByRole('button', { name: /^Mute / }).filter({ hasNotText: /sound/ }).first();
    await mute.click();
    assert.equal(await mute.getAttribute('aria-pressed'), 'true');
    const solo = page.getByRole('button', { name: /^Solo / }).first();
    await solo.click();
    assert.equal(await solo.getAttribute('aria-pressed'), 'true');
    trouble.check();
  });

  it('P02 a song is made and heard with the keyboard alone', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    const { keyboard } = page;
    await page.goto('/');
    await page.getByRole('button', { name: 'Make the song' }).waitFor();
    const focusName = () => page.evaluate(() => {
      const at = document.activeElement === document.body ? null : document.activeElement;
      return at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent?.trim() ?? '';
    });
    const tabTo = async (pattern) => {
      for (let i = 0; i < 150; ++i) {
        const name = await focusName();
        assert.notEqual(name, '', 'the focus is always somewhere');
        if (pattern.test(name)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`the Tab key never reaches ${pattern}`);
    };
    await keyboard.press('Tab');
    assert.match(await focusName(), /To the content/);
    await keyboard.press('Enter');
    await tabTo(/^What should it sound like/);
    await keyboard.type('quiet piano');
    await tabTo(/^Length/);
    await keyboard.type('0:10');
    await tabTo(/^Make the song/);
    await keyboard.press('Enter');
    await page.locator('article[data-state="ready"]').first().waitFor({ timeout: 240_000 });
    const title = await page.locator('article a.title').first().textContent();
    await tabTo(new RegExp(`^Play “${title.replace(/[^\w ]/g, '.')}”`));
    await keyboard.press('Enter');
    await hears(page, title);
    await page.evaluate(() => document.activeElement?.blur());
    await keyboard.press(' ');
    await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: `Play ${title}` }).waitFor();
    trouble.check();
  });

  it('P02 what the words are taken to mean is told while they are typed, with the cost, before anything is ordered', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    await page.goto('/');
    await page.getByLabel('What should it sound like?').fill('warm lo-fi hip hop, mellow Rhodes, raccoon, 82 bpm in D minor, two minutes');
    await page.getByText(/82 bpm/).first().waitFor();
    await page.getByText(/raccoon/).nth(1).waitFor();
    await page.getByText('2 credits', { exact: true }).waitFor();
    assert.equal((await api(person, 'GET', 'songs')).total, 0);
    trouble.check();
  });
});
