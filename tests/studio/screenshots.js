// A picture of every page, in both themes and three widths, to be looked at: screenshots.js --mmx PATH [--to FOLDER] [--width N] [NAME...]
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { closeBrowser, newPerson } from './harness/browser.js';
import { castOf } from './harness/cast.js';
import { addressOf, open, pages } from './harness/pages.js';

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  options: { mmx: { type: 'string', default: join(here, '../../build/dev/mmx') }, to: { type: 'string', default: join(here, 'screens') }, width: { type: 'string', multiple: true }, theme: { type: 'string', multiple: true } },
  allowPositionals: true,
});
process.env.MMX_PROGRAM = resolve(values.mmx);
const widths = (values.width ?? ['360', '768', '1440']).map(Number);
const themes = values.theme ?? ['light', 'dark'];
mkdirSync(values.to, { recursive: true });

const cast = await castOf([
  { prompt: 'warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor', duration_seconds: 12, title: 'Rain on the skylight' },
  { prompt: 'sad waltz for cello, 3/4', duration_seconds: 12, title: 'The last tram' },
  { prompt: 'epic orchestral film music', duration_seconds: 12, title: 'A harbour before the storm' },
  { prompt: 'bossa nova for a slow Sunday', duration_seconds: 12, title: 'Slow Sunday' },
]);
try {
  for (const theme of themes) for (const width of widths) {
    for (const who of ['visitor', 'owner', 'administrator']) {
      const person = await newPerson(cast.service, { theme, width, height: width < 700 ? 740 : 900 });
      await person.context.addCookies(await cast.people[who].context.cookies());
      for (const one of pages) {
        if (one.who !== who || (positionals.length > 0 && !positionals.includes(one.name))) continue;
        await open(person, one, cast.facts);
        const path = join(values.to, `${one.name}-${theme}-${width}.png`);
        await person.page.screenshot({ path, fullPage: true, animations: 'disabled' });
        console.log(`${path}  ${addressOf(one, cast.facts)}`);
      }
      await person.context.close();
    }
  }
} finally {
  await closeBrowser();
  await cast.service.close();
}
