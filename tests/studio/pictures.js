// The two pictures of the README: pictures.js --mmx PATH
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { closeBrowser, newPerson } from './harness/browser.js';
import { castOf } from './harness/cast.js';
import { hears } from './harness/songs.js';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { mmx: { type: 'string', default: join(here, '../../build/dev/mmx') }, to: { type: 'string', default: join(here, '../../docs/pictures') } } });
process.env.MMX_PROGRAM = resolve(values.mmx);

const cast = await castOf([
  { prompt: 'epic orchestral film music', duration_seconds: 60, title: 'A harbour before the storm' },
  { prompt: 'sad waltz for cello, 3/4', duration_seconds: 45, title: 'The last tram' },
  { prompt: 'bossa nova, nylon guitar and flute', duration_seconds: 45, title: 'Slow Sunday' },
  { prompt: 'warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor', duration_seconds: 90, seed: '1', title: 'Rain on the skylight' },
]);
try {
  const size = { width: 1280, height: 800 };
  for (const [theme, name, act] of [
    ['light', 'create', async ({ page }) => {
      await page.goto('/');
      await page.getByLabel('What should it sound like?').fill('slow jazz waltz with muted trumpet and brushed drums, raccoon, 92 bpm');
      await page.getByText(/raccoon/).nth(1).waitFor();
      await page.getByRole('button', { name: 'Play “Rain on the skylight”' }).click();
      await hears(page, 'Rain on the skylight');
    }],
    ['dark', 'song', async ({ page }) => {
      await page.goto(`/songs/${cast.facts.song}`);
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await hears(page, 'Rain on the skylight');
      await page.getByRole('slider').first().press('ArrowRight');
    }],
  ]) {
    const person = await newPerson(cast.service, { theme, ...size });
    await person.context.addCookies((await cast.people.owner.context.cookies()).filter(({ name: cookie }) => cookie === 'session_token'));
    await act(person);
    await person.page.evaluate(() => scrollTo(0, 0));
    const path = join(values.to, `studio-${name}.png`);
    await person.page.screenshot({ path, animations: 'disabled' });
    console.log(path);
    person.trouble.check();
    await person.context.close();
  }
} finally {
  await closeBrowser();
  await cast.service.close();
}
