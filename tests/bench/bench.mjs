// Turns per second, latency, CPU and memory of the service, with real tokens and a store that syncs.
//
//   ./pao bench [--case echo:16:20000,invoke:16:20000]   kind:in flight:activities (echo, card, invoke)
//               [--repeats 3] [--warmup 2000] [--users 200]
//               [--service-cpu 0] [--load-cpu 1]          cores; "none" leaves them unpinned
//               [--out results/latest.json]
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeActivity } from './activities.mjs';
import { channelToken, ensureIdentity, here } from './identity.mjs';
import { buildRequest, ReplyFeed, runLoad } from './load.mjs';
import { Connector, CONNECTOR_PORT, coreSeconds, PORT, Service, SERVICE_URL, sleep } from './service.mjs';

const option = (fallback) => ({ type: 'string', default: fallback });
const { values: options } = parseArgs({ options: { case: option('echo:1:3000,echo:16:20000,echo:64:20000,card:16:6000,invoke:16:20000'),
  repeats: option('3'), warmup: option('2000'), users: option('200'), 'service-cpu': option('0'), 'load-cpu': option('1'),
  out: option('results/latest.json') } });
const core = (value) => (value === 'none' ? null : Number(value));
const serviceCpu = core(options['service-cpu']), loadCpu = core(options['load-cpu']);
const cases = options.case.split(',').map((text) => {
  const [kind, inFlight, count] = text.split(':');
  return { name: `${kind}@${inFlight}`, kind, inFlight: Number(inFlight), count: Number(count) };
});
const INVOKE_ANSWER = 'application/vnd.microsoft.activity.message';

if (loadCpu !== null) execFileSync('taskset', ['-a', '-cp', String(loadCpu), String(process.pid)], { stdio: 'pipe' });
const token = channelToken(ensureIdentity().channelKey, SERVICE_URL);
const requests = (kind, count) => Array.from({ length: count }, (_, i) => {
  const activity = makeActivity(kind, i % Number(options.users), SERVICE_URL);
  return { id: activity.id, buffer: buildRequest('/api/messages', PORT, token, JSON.stringify(activity)) };
});
const load = (kind, inFlight, count, feed) => runLoad({ port: PORT, requests: requests(kind, count), concurrency: inFlight, feed,
  repliesPer: kind === 'invoke' ? 0 : 1, checkBody: kind === 'invoke' ? (body) => body.includes(INVOKE_ANSWER) : null });

async function oneRun(connector, feed) {
  await connector.reset();
  const service = new Service({ cpu: serviceCpu });
  const run = { cases: {} };
  try {
    run.startMs = await service.untilFirstAnswer(() => requests('echo', 1)[0].buffer);
    await sleep(3000);
    run.idleKb = service.memoryKb().rss;
    for (const kind of new Set(cases.map((c) => c.kind))) await load(kind, 16, Number(options.warmup), feed);
    for (const c of cases) {
      await connector.reset();
      await sleep(300);
      service.resetPeak();
      const cpu = service.cpuSeconds(), busy = coreSeconds(serviceCpu), began = performance.now();
      const result = await load(c.kind, c.inFlight, c.count, feed);
      const used = service.cpuSeconds() - cpu, seconds = (performance.now() - began) / 1e3;
      Object.assign(result, { cpuMs: 1e3 * used / c.count, peakKb: service.memoryKb().peak,
        foreignPct: Math.max(0, Math.round(100 * (coreSeconds(serviceCpu) - busy - used) / seconds)) });
      result.clean = Object.keys(result.status).every((status) => /^2/.test(status)) && result.replies === result.expectedReplies && !result.badBody;
      run.cases[c.name] = result;
      console.error(`  ${c.name.padEnd(10)} ${result.completedPerSecond.toFixed(0).padStart(6)}/s  p50 ${result.http.p50.toFixed(2)}  p99 ${result.http.p99.toFixed(2)} ms`
        + `  ${result.cpuMs.toFixed(3)} ms CPU a turn  ${(result.peakKb / 1024).toFixed(0)} MB  foreign ${result.foreignPct}%`
        + (result.clean ? '' : `  NOT CLEAN ${JSON.stringify(result.status)} replies ${result.replies}/${result.expectedReplies}`));
    }
  } finally { await service.stop(); }
  return run;
}

const connector = await new Connector().start(loadCpu);
const feed = new ReplyFeed(CONNECTOR_PORT);
await feed.ready;
const runs = [];
try {
  for (let i = 1; i <= Number(options.repeats); i++) {
    console.error(`run ${i} of ${options.repeats}`);
    runs.push(await oneRun(connector, feed));
  }
} finally { feed.close(); await connector.stop(); }

const median = (values) => { const s = values.sort((a, b) => a - b); return (s[(s.length - 1) >> 1] + s[s.length >> 1]) / 2; };
const over = (get, digits = 2) => median(runs.map(get)).toFixed(digits);
let table = '| case | turns/s | p50 ms | p95 | p99 | max | reply p50 ms | p99 | CPU ms a turn | peak MB | replies | clean | foreign CPU % |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n';
for (const { name } of cases) {
  const all = runs.map((run) => run.cases[name]);
  const m = (get, digits) => over((run) => get(run.cases[name]), digits);
  const reply = (quantile) => (all[0].e2e ? m((c) => c.e2e?.[quantile] ?? NaN) : '-');
  table += `| ${name} | ${m((c) => c.completedPerSecond, 0)} | ${['p50', 'p95', 'p99', 'max'].map((q) => m((c) => c.http[q])).join(' | ')}`
    + ` | ${reply('p50')} | ${reply('p99')} | ${m((c) => c.cpuMs, 3)} | ${m((c) => c.peakKb / 1024, 1)}`
    + ` | ${all.reduce((sum, c) => sum + c.replies, 0)}/${all.reduce((sum, c) => sum + c.expectedReplies, 0)} | ${all.every((c) => c.clean) ? 'yes' : 'NO'} | ${all.map((c) => c.foreignPct).join(' ')} |\n`;
}
table += `\nStart (exec to first answered turn): ${over((run) => run.startMs, 0)} ms. Idle: ${over((run) => run.idleKb / 1024, 1)} MB.\n`;
const out = path.resolve(here, options.out);
mkdirSync(path.dirname(out), { recursive: true });
writeFileSync(out, JSON.stringify({ date: new Date().toISOString(), node: process.version, cpu: os.cpus()[0].model, options, runs }, null, 1));
writeFileSync(out.replace(/\.json$/, '.md'), table);
console.log(table);
if (runs.some((run) => Object.values(run.cases).some((c) => !c.clean))) process.exitCode = 1;
