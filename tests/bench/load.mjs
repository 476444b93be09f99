// Load generator: closed loop over kept connections on raw sockets, with every
// request built before the clock starts. One slot = one connection = one
// activity in flight.
//
//   pace 'http'   a slot sends its next activity when the HTTP answer arrived
//   pace 'reply'  ... and also the bot's reply arrived at the connector; use it
//                 for bots that acknowledge first and answer later, so that
//                 concurrency bounds work in progress and not a queue
import net from 'node:net';
import { Http1Reader } from './http1.mjs';

const nowNs = () => Number(process.hrtime.bigint());

export function quantiles(sorted) {
  if (!sorted.length) return null;
  const q = (p) => sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)];
  return { p50: q(0.5), p95: q(0.95), p99: q(0.99), max: sorted[sorted.length - 1] };
}

export function buildRequest(endpoint, port, token, body) {
  const b = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const head = `POST ${endpoint} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`
    + (token === null ? '' : `Authorization: Bearer ${token}\r\n`)
    + `Content-Type: application/json; charset=utf-8\r\nUser-Agent: bench-channel\r\nAccept: */*\r\nContent-Length: ${b.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), b]);
}

// One line per reply, as the connector saw it.
export class ReplyFeed {
  constructor(port) {
    this.listener = null;
    this.ready = new Promise((resolve, reject) => {
      this.sock = net.connect(port, '127.0.0.1', () => this.sock.write('GET /__events HTTP/1.1\r\nHost: x\r\n\r\n'));
      let rest = null;
      this.sock.on('error', reject).on('data', (d) => {
        let s = (rest ?? '') + d.latin1Slice();
        if (rest === null) {
          const i = s.indexOf('\r\n\r\n');
          if (i < 0) return;
          s = s.slice(i + 4);
          resolve();
        }
        const lines = s.split('\n');
        rest = lines.pop();
        if (this.listener) for (const l of lines) { const i = l.indexOf(' '); this.listener(l.slice(0, i), Number(l.slice(i + 1))); }
      });
    });
  }

  close() { this.sock.destroy(); }
}

// requests: [{ id, buffer }]. Resolves when every HTTP answer is in and either
// every expected reply arrived or none did for drainMs.
export async function runLoad({ port, requests, concurrency, feed, repliesPer = 1, pace = 'http', checkBody = null, drainMs = 5000, limitMs = 120000 }) {
  const n = requests.length;
  const sent = new Map();
  const http = [], e2e = [];
  const status = {};
  let next = 0, done = 0, badBody = 0, socketErrors = 0, replies = 0, lastReply = 0, lastHttp = 0, sample = null;
  let wakeDrain = () => {};
  const waiting = new Map();                        // activity id -> slot to continue (pace 'reply')
  const arrived = new Set();

  feed.listener = (id, t) => {
    const s = sent.get(id);
    if (s === undefined) return;
    replies++;
    lastReply = t;
    e2e.push(t - s);
    if (pace === 'reply') { const go = waiting.get(id); if (go) { waiting.delete(id); go(); } else arrived.add(id); }
    wakeDrain();
  };

  const started = nowNs();
  let timer;
  await new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${limitMs} ms (${done}/${n} answered)`)), limitMs);
    const slots = Math.min(concurrency, n);
    for (let i = 0; i < slots; i++) slot();
    function slot() {
      let cur = null, t0 = 0, sock = null;
      const finish = (code) => {
        status[code] = (status[code] ?? 0) + 1;
        const id = cur.id;
        cur = null;
        if (++done === n) return resolve();
        if (pace === 'reply' && repliesPer > 0 && /^2/.test(code) && !arrived.delete(id)) waiting.set(id, advance);
        else advance();
      };
      function advance() {
        if (next >= n) { sock.end(); return; }
        cur = requests[next++];
        if (!sock || sock.destroyed || sock.closing) return open();
        fire();
      }
      function fire() { t0 = nowNs(); sent.set(cur.id, t0); sock.write(cur.buffer); }
      function open() {
        const s = sock = net.connect(port, '127.0.0.1');
        s.setNoDelay(true);
        const reader = new Http1Reader((head, body) => {
          lastHttp = nowNs();
          http.push(lastHttp - t0);
          if (/\r\nconnection: *close/i.test(head)) s.closing = true;
          const code = head.slice(9, 12);
          if (sample === null) sample = { head, body: body.toString() };
          if (checkBody && !checkBody(body)) badBody++;
          finish(code);
        }, { response: true });
        s.on('connect', () => { if (cur) fire(); })
          .on('data', (d) => reader.push(d))
          .on('error', () => { socketErrors++; s.destroy(); })
          .on('end', () => { reader.end(); s.closing = true; s.destroy(); })
          .on('close', () => { if (cur && sock === s) finish('closed'); });
      }
      advance();
    }
  }).finally(() => clearTimeout(timer));

  const expected = repliesPer * n;
  while (replies < expected) {
    const before = replies;
    await new Promise((resolve) => { const t = setTimeout(resolve, drainMs); wakeDrain = () => { if (replies >= expected) { clearTimeout(t); resolve(); } }; });
    if (replies === before) break;
  }
  feed.listener = null;
  const end = Math.max(lastHttp, lastReply);
  http.sort((a, b) => a - b);
  e2e.sort((a, b) => a - b);
  const ms = (o) => o && Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v / 1e6]));
  return {
    n, concurrency, pace, status, badBody, socketErrors, sample,
    httpPerSecond: n / ((lastHttp - started) / 1e9),
    completedPerSecond: n / ((end - started) / 1e9),      // until the last answer or reply, whichever is later
    http: ms(quantiles(http)), e2e: ms(quantiles(e2e)), replies, expectedReplies: expected,
  };
}
