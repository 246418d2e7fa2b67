// Runs the studio's flows against the built program: run.js --mmx PATH [NAME...], names without .test.js; none means all.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({ options: { mmx: { type: 'string', default: join(here, '../../build/dev/mmx') }, only: { type: 'string' } }, allowPositionals: true });
const all = readdirSync(here).filter((name) => name.endsWith('.test.js')).map((name) => name.slice(0, -8));
const names = positionals.length > 0 ? positionals : all;
for (const name of names) if (!all.includes(name)) fail(`there is no test "${name}"; there are: ${all.join(', ')}`);
const mmx = resolve(values.mmx);
if (!existsSync(mmx)) fail(`${mmx} is not built`);

const only = values.only ? [`--test-name-pattern=${values.only}`] : [];
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...only, ...names.map((name) => join(here, `${name}.test.js`))],
  { stdio: 'inherit', env: { ...process.env, MMX_PROGRAM: mmx } });
process.exit(status ?? 1);

function fail(words) {
  console.error(words);
  process.exit(2);
}
