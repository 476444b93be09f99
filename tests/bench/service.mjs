// Starts the service pinned to one core with a fresh store, and reads what the kernel knows about it.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { APP_ID, APP_SECRET, build, CA_FILE, here, ISSUER, TENANT_ID } from './identity.mjs';
import { Http1Reader } from './http1.mjs';

export const PORT = Number(process.env.BENCH_PORT ?? 4110);
export const CONNECTOR_PORT = Number(process.env.BENCH_CONNECTOR_PORT ?? 3980);
const KEYS_PORT = Number(process.env.BENCH_KEYS_PORT ?? 3981);
export const SERVICE_URL = `http://127.0.0.1:${CONNECTOR_PORT}/emea/`;
const PROGRAM = process.env.BENCH_PROGRAM ?? path.join(here, '../../build/bin/pao-teams');
const TICKS = Number(execFileSync('getconf', ['CLK_TCK']).toString());

const twoCores = os.cpus().length > 1;
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const pinned = (cpu, command) => (cpu === null ? command : ['taskset', '-c', String(cpu), ...command]);

/** Sends one prepared request on its own connection. null: could not connect, or no answer. */
export function once(buffer, timeoutMs = 15000) {
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = net.connect(PORT, '127.0.0.1', () => socket.write(buffer));
    const end = (value) => { clearTimeout(timer); socket.destroy(); resolve(value); };
    const timer = setTimeout(() => end(null), timeoutMs);
    const reader = new Http1Reader((head, body) => end({ status: Number(head.slice(9, 12)), head, body: body.toString(),
      ms: performance.now() - began }), { response: true });
    socket.on('data', (data) => reader.push(data)).on('error', () => end(null)).on('close', () => { if (!reader.end()) end(null); });
  });
}

export class Service {
  constructor({ cpu = twoCores ? 0 : null } = {}) {
    const store = path.join(build, 'bench.db');
    for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { force: true });
    const keys = `https://localhost:${KEYS_PORT}`;
    const env = { PATH: process.env.PATH, LANG: 'C.UTF-8',
      PAO_SERVER_HOST: '127.0.0.1', PAO_SERVER_PORT: String(PORT),
      PAO_IDENTITY_CLIENT_ID: APP_ID, PAO_IDENTITY_CLIENT_SECRET: APP_SECRET, PAO_IDENTITY_TENANT_ID: TENANT_ID,
      PAO_IDENTITY_ISSUER: ISSUER, PAO_IDENTITY_OPENID_METADATA_URL: `${keys}/v1/.well-known/openidconfiguration`,
      PAO_IDENTITY_TOKEN_URL: `${keys}/${TENANT_ID}/oauth2/v2.0/token`,
      PAO_CONNECTOR_ALLOW_LOOPBACK: 'true', PAO_NETWORK_CA_FILE: CA_FILE, PAO_STORAGE_URL: `sqlite:${store}`,
      PAO_DELIVERY_REQUESTS_PER_SECOND: '100000', PAO_LOG_LEVEL: 'warn' };
    const command = pinned(cpu, [PROGRAM, 'serve']);
    const log = openSync(path.join(build, 'service.log'), 'w');
    this.startedAt = performance.now();
    this.process = spawn(command[0], command.slice(1), { cwd: build, env, stdio: ['ignore', log, log] });
    closeSync(log);
    this.exited = new Promise((resolve) => this.process.on('exit', (code, signal) => { this.exit = { code, signal }; resolve(); }));
  }

  /** Milliseconds from exec to the first 2xx answer to a message; `makeRequest` gives a fresh one for each try. */
  async untilFirstAnswer(makeRequest, limitMs = 30000) {
    let last = null;
    while (performance.now() - this.startedAt < limitMs) {
      if (this.exit) throw new Error(`the service ended with ${JSON.stringify(this.exit)}; see build/service.log`);
      last = await once(makeRequest());
      if (last && last.status >= 200 && last.status < 300) return performance.now() - this.startedAt;
      await sleep(last ? 50 : 4);
    }
    throw new Error(`no 2xx answer in ${limitMs} ms; the last one: ${JSON.stringify(last)}`);
  }

  cpuSeconds() {
    const stat = readFileSync(`/proc/${this.process.pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }

  memoryKb() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'latin1');
    const get = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)[1]);
    return { rss: get('VmRSS'), peak: get('VmHWM'), threads: get('Threads') };
  }

  /** Makes the peak start again from the present size. */
  resetPeak() { try { writeFileSync(`/proc/${this.process.pid}/clear_refs`, '5'); } catch { /* not ours: peak of all cases */ } }

  async stop() {
    if (!this.exit) { this.process.kill('SIGTERM'); await Promise.race([this.exited, sleep(3000)]); }
    if (!this.exit) { this.process.kill('SIGKILL'); await this.exited; }
  }
}

/**
 * Seconds one core was busy since boot, and stolen by the hypervisor. Busy time that is not the service's own
 * is somebody else's: a case with much of it was measured on a slower machine.
 */
export function coreSeconds(cpu) {
  const line = readFileSync('/proc/stat', 'latin1').split('\n').find((l) => l.startsWith(cpu === null ? 'cpu ' : `cpu${cpu} `));
  const [user, nice, system, , , irq, softirq, steal] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS;
}

export class Connector {
  async start(cpu = twoCores ? 1 : null) {
    const command = pinned(cpu, [process.execPath, path.join(here, 'connector.mjs'), '--port', String(CONNECTOR_PORT), '--tls-port', String(KEYS_PORT)]);
    this.process = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      this.process.stdout.once('data', resolve);
      this.process.once('exit', (code) => reject(new Error(`the fake connector ended (${code}); is port ${CONNECTOR_PORT} taken?`)));
    });
    return this;
  }

  async get(route) { return (await fetch(`http://127.0.0.1:${CONNECTOR_PORT}${route}`)).json(); }
  async post(route, body = {}) { return (await fetch(`http://127.0.0.1:${CONNECTOR_PORT}${route}`, { method: 'POST', body: JSON.stringify(body) })).json(); }
  stats() { return this.get('/__stats'); }
  reset() { return this.post('/__reset'); }
  faults(faults) { return this.post('/__faults', faults); }
  async stop() { this.process.kill('SIGTERM'); if (this.process.exitCode === null) await new Promise((resolve) => this.process.once('exit', resolve)); }
}
