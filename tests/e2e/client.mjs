// Starts the local Teams-like client (@microsoft/m365agentsplayground) on this machine only.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const NOT_PASSED_ON = /^(https?_proxy|all_proxy|BOT_ENDPOINT|DEFAULT_CHANNEL_ID|TEAMSAPPTESTER_PORT|AUTH_.*|NODE_OPTIONS)$/i;

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
  });
}

/**
 * Resolves when the client listens: { url, output(), stop() }.
 * `config`: people and chats, see people.mjs. `openDesktopBrowser`: let it open the person's own browser.
 */
export async function startClient({ botUrl, config, openDesktopBrowser = false }) {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'pao-client-'));
  await writeFile(join(folder, '.m365agentsplayground.yml'), JSON.stringify(config)); // JSON is YAML
  const url = `http://127.0.0.1:${port}`;
  const program = join(dirname(require.resolve('@microsoft/m365agentsplayground/package.json')), 'cli.js');
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name)));
  if (!openDesktopBrowser) Object.assign(env, { BROWSER: 'true', DISPLAY: '' }); // "true" opens nothing
  const child = spawn(process.execPath, ['--require', join(here, 'loopback.cjs'), program, 'start',
    '--app-endpoint', botUrl, '--channel-id', 'msteams', '--port', String(port),
    '--service-url', `${url}/_connector`, '--disable-telemetry'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { output += data; });
  const gone = new Promise((resolve) => child.once('exit', resolve));

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 3000);
      await gone;
      clearTimeout(late);
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const end = Date.now() + 30_000; ; await new Promise((r) => setTimeout(r, 100))) {
    if (await fetch(url).then((r) => r.ok, () => false)) return { url, output: () => output, gone, stop };
    if (child.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`the client did not start:\n${output}`);
    }
  }
}
