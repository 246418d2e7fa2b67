// Songs as far as the API has them, for what a test needs to be there before it begins.
import { api } from './browser.js';
import { until } from './wait.js';

export const SHORT = { prompt: 'quiet piano', duration_seconds: 10, seed: '7', voice: 'none' };

export async function orderSong(person, changes = {}) {
  return (await api(person, 'POST', 'songs', { ...SHORT, ...changes })).id;
}

export const songOf = (person, id) => api(person, 'GET', `songs/${id}`);

export async function ready(person, id) {
  return until(`song ${id} is ready`, async () => {
    const song = await songOf(person, id);
    if (['failed', 'cancelled'].includes(song.state)) throw new Error(`the song is ${song.state}: ${song.error}`);
    return song.state === 'ready' && song;
  }, 240, 250);
}

const playerTime = (page) => page.getByRole('region', { name: 'Player' }).locator('.time').first();

// It is heard: the player's clock moves on from where it is.
export async function hears(page, title) {
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: `Pause ${title}` }).waitFor();
  const from = await playerTime(page).textContent();
  await until('the song goes on', async () => await playerTime(page).textContent() !== from, 20);
}

// On the Create page: words, a length, the button. Gives the id once the song is among the latest.
export async function create(person, { prompt = 'quiet piano', length = '0:10' } = {}) {
  const { page } = person;
  if (!page.url().endsWith('/') || page.url() === 'about:blank') await page.goto('/');
  const known = new Set((await api(person, 'GET', 'songs?limit=100')).songs.map((song) => song.id));
  await page.getByLabel('What should it sound like?').fill(prompt);
  await page.getByLabel('Length', { exact: true }).fill(length);
  await page.getByRole('button', { name: 'Make the song' }).click();
  const id = await until('the ordered song is in the library', async () => (await api(person, 'GET', 'songs?limit=100')).songs.find((song) => !known.has(song.id))?.id, 30, 150);
  await card(page, id).waitFor();
  return id;
}

export const card = (page, id) => page.locator(`article[data-id="${id}"]`).first();
export const inState = (page, id, state) => page.locator(`[data-id="${id}"][data-state="${state}"]`).first().waitFor({ timeout: 240_000 });
