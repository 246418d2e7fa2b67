// The real program with a folder of its own: started, ended by signals, its mails read from the outbox.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './wait.js';

const ROOM_BYTES = 2e9;

function program() {
  const path = process.env.MMX_PROGRAM;
  if (!path || !existsSync(path)) throw new Error('MMX_PROGRAM does not name the built program');
  return path;
}

// In memory where there is room, so that nothing waits for a busy disk.
function newFolder() {
  const roomy = existsSync('/dev/shm') && (({ bavail, bsize }) => bavail * bsize > ROOM_BYTES)(statfsSync('/dev/shm'));
  return mkdtempSync(join(roomy ? '/dev/shm' : tmpdir(), 'mmx-studio-'));
}

const freePort = () => new Promise((resolve, reject) => {
  const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

export class Service {
  folder = newFolder();
  data = join(this.folder, 'data');
  log = [];
  out = [];
  #environment;
  #process;

  // `settings` by their names in mmx.toml; `plans`: a plans file in place of the built-in one.
  constructor({ settings = {}, plans } = {}) {
    this.#environment = { PATH: process.env.PATH, HOME: process.env.HOME ?? '/', LANG: process.env.LANG ?? 'C.UTF-8', MMX_BCRYPT_COST: '4' };
    for (const [name, value] of Object.entries(settings)) this.#environment[`MMX_${name.toUpperCase()}`] = String(value);
    if (plans) {
      const path = join(this.folder, 'plans.toml');
      writeFileSync(path, plans);
      this.#environment.MMX_PLANS_FILE = path;
    }
  }

  // Started again, it answers at the same address: browsers come back to it.
  async start() {
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
    const child = spawn(program(), ['serve', '--listen', `127.0.0.1:${this.port}`, '--data', this.data], { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    // A test that dies takes its server along.
    process.once('exit', () => child.kill('SIGKILL'));
    for (const [stream, lines] of [[child.stdout, this.out], [child.stderr, this.log]]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop();
        lines.push(...parts);
      });
    }
    await until('/readyz answers 200', async () => {
      if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}:\n${this.log.slice(-20).join('\n')}`);
      return fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
    }, 60);
    return this;
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }
  kill() { return this.#end('SIGKILL'); }
  async stop() {
    const status = await this.#end('SIGTERM');
    if (status !== 0) throw new Error(`exit status ${status} after SIGTERM:\n${this.log.slice(-20).join('\n')}`);
  }
  async close() {
    try { await this.stop(); } finally { rmSync(this.folder, { recursive: true, force: true }); }
  }

  setUpLink() {
    return until('a set-up link on standard output', () => this.out.join('\n').match(/https?:\/\/\S+\/setup#token=\S+/)?.[0]);
  }

  // One statement on the embedded database, for what only time or bad luck would bring about.
  sql(statement, ...values) {
    const program = 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1], timeout=30); d.execute(sys.argv[2], sys.argv[3:]); d.commit()';
    execFileSync('/usr/bin/python3', ['-c', program, join(this.data, 'mmx.db'), statement, ...values]);
  }

  // The links of the mails to an address, oldest first.
  links(address) {
    const outbox = join(this.data, 'outbox');
    if (!existsSync(outbox)) return [];
    const mails = readdirSync(outbox).filter((name) => name.endsWith('.eml')).sort().map((name) => readFileSync(join(outbox, name), 'utf8'));
    return mails.filter((mail) => mail.startsWith(`To: ${address}\n`)).flatMap((mail) => mail.match(/https?:\/\/\S+#token=[\w-]+/g) ?? []);
  }
  link(address, page) {
    return until(`a mail to ${address} with a link to ${page}`, () => this.links(address).findLast((link) => new URL(link).pathname === page));
  }
}
