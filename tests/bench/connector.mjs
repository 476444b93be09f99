// Fake identity provider + fake Bot Connector, one process, loopback only.
//
//   node connector.mjs [--port 3980] [--tls-port 3981]
//
// The same routes answer on both ports (plain and TLS):
//   GET  /v1/.well-known/openidconfiguration          channel metadata
//   GET  /v1/.well-known/keys, */discovery/v2.0/keys  JWKS (one RSA-2048 key)
//   GET  */v2.0/.well-known/openid-configuration      authority metadata (MSAL)
//   POST */oauth2/v2.0/token                          client-credentials token
//   POST */v3/conversations
//   POST */v3/conversations/:id/activities
//   POST|PUT|DELETE */v3/conversations/:id/activities/:aid
// Control:
//   GET  /__stats[?ids=1]   counters (ids=1: arrival time of every reply, by activity id)
//   POST /__reset           counters and faults back to zero
//   POST /__faults          {"status":429,"retryAfter":1,"count":5,"every":1,"delayMs":0,"body":{...}}
//   GET  /__events          stream of "activityId monotonic_ns\n", one line per reply
//
// A reply is tied to the activity it answers by the :aid of its path, else by
// replyToId in its body, else by "#<id>#" in its text.
import net from 'node:net';
import tls from 'node:tls';
import { Http1Reader } from './http1.mjs';
import { APP_ID, TENANT_ID, channelToken, ensureIdentity, ISSUER } from './identity.mjs';

const arg = (n, d) => { const i = process.argv.indexOf(n); return i < 0 ? d : process.argv[i + 1]; };
const PORT = Number(arg('--port', 3980));
const TLS_PORT = Number(arg('--tls-port', 3981));
const id = ensureIdentity();
const JWKS = JSON.stringify(id.jwks);
// What the bot gets for its own calls: a real JWT of the usual size, since one SDK decodes it.
const ACCESS_TOKEN = channelToken(id.channelKey, undefined, { claims: { aud: 'https://api.botframework.com', appid: APP_ID,
  tid: TENANT_ID, idp: `${ISSUER}/${TENANT_ID}/`, oid: APP_ID, sub: APP_ID, ver: '1.0', roles: ['relleno'.repeat(60)], exp: Math.floor(Date.now() / 1000) + 86400 } });
const BEARER = `\r\nauthorization: bearer ${ACCESS_TOKEN.toLowerCase()}`;
const now = () => process.hrtime.bigint();        // CLOCK_MONOTONIC: one clock for all processes

let stats, replies, faults;
function reset() {
  stats = { connections: 0, requests: 0, metadata: 0, jwks: 0, tokens: 0, unauthorized: 0, notFound: 0,
    conversations: 0, post: 0, put: 0, delete: 0, typing: 0, bodyBytes: 0, faulted: 0,
    byPath: 0, byReplyToId: 0, byText: 0, uncorrelated: 0, duplicates: 0, routes: {}, lastBody: null };
  replies = new Map();
  faults = null;
}
reset();

const watchers = new Set();
let pending = '';
function flush() { for (const w of watchers) w.write(pending); pending = ''; }
function record(aid, t) {
  const had = replies.get(aid);
  if (had) { had.push(Number(t)); stats.duplicates++; return; }
  replies.set(aid, [Number(t)]);
  if (watchers.size) {
    if (!pending) setImmediate(flush);
    pending += `${aid} ${t}\n`;
  }
}

const REASON = { 200: 'OK', 201: 'Created', 401: 'Unauthorized', 404: 'Not Found', 412: 'Precondition Failed',
  429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable' };
function respond(sock, status, body, extra = '') {
  if (sock.destroyed) return;
  sock.write(`HTTP/1.1 ${status} ${REASON[status] ?? 'X'}\r\nContent-Type: application/json; charset=utf-8\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const ROUTE = /\/v3\/conversations(?:\/([^/?]+)\/activities(?:\/([^/?]+))?)?(?:\?|$)/;
let serial = 1;

function handle(sock, head, body) {
  const t = now();
  const eol = head.indexOf('\r\n');
  const [method, target] = (eol < 0 ? head : head.slice(0, eol)).split(' ');
  if (target.startsWith('/__')) return control(sock, method, target, body);
  stats.requests++;
  const m = ROUTE.exec(target);
  if (!m) return identity(sock, method, target, head);

  if (head.toLowerCase().indexOf(BEARER) < 0) { stats.unauthorized++; return respond(sock, 401, '{"error":{"code":"Unauthorized"}}'); }
  stats.bodyBytes += body.length;
  if (faults && faults.count > 0 && (faults.seen++ % faults.every) === 0) {
    faults.count--; stats.faulted++;
    const ra = faults.retryAfter === undefined ? '' : `Retry-After: ${faults.retryAfter}\r\n`;
    const b = JSON.stringify(faults.body ?? { error: { code: 'BenchFault', message: `injected ${faults.status}` } });
    (stats.faultTimes ??= []).push(Number(t));
    if (faults.status) { setTimeout(() => respond(sock, faults.status, b, ra), faults.delayMs ?? 0); return; }
    setTimeout(() => activity(sock, method, m, body, t), faults.delayMs ?? 0);
    return;
  }
  activity(sock, method, m, body, t);
}

function activity(sock, method, m, body, t) {
  const [, conv, aid] = m;
  if (!conv) { stats.conversations++; return respond(sock, 201, `{"id":"a:conv${serial}","activityId":"r${serial++}"}`); }
  const rid = `r${serial++}`;
  if (method === 'DELETE') { stats.delete++; return respond(sock, 200, ''); }
  if (method === 'PUT') stats.put++; else stats.post++;
  let about = null;
  if (aid && method === 'POST') { about = decodeURIComponent(aid); stats.byPath++; }
  else {
    const j = (() => { try { return JSON.parse(body); } catch { return {}; } })();
    if (j.type === 'typing') stats.typing++;
    else if (j.replyToId) { about = j.replyToId; stats.byReplyToId++; }
    else {
      const k = /#([^#]+)#/.exec(j.text ?? '');
      if (k) { about = k[1]; stats.byText++; } else stats.uncorrelated++;
    }
  }
  stats.lastBody = body;
  if (faults) (stats.textsUnderFault ??= []).push((/"text":"([^"]{0,80})/.exec(body.toString()) ?? [])[1] ?? '');
  respond(sock, method === 'PUT' ? 200 : 201, `{"id":"${rid}"}`);
  if (about) record(about, t);
}

function identity(sock, method, target, head) {
  const secure = sock.encrypted === true;
  const base = secure ? `https://localhost:${TLS_PORT}` : `http://127.0.0.1:${PORT}`;
  const p = target.split('?')[0];
  stats.routes[`${method} ${p}`] = (stats.routes[`${method} ${p}`] ?? 0) + 1;
  if (p.endsWith('/.well-known/openidconfiguration')) {
    stats.metadata++;
    return respond(sock, 200, JSON.stringify({ issuer: ISSUER, jwks_uri: `${base}/v1/.well-known/keys`,
      authorization_endpoint: `${base}/invalid`, id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'] }));
  }
  if (p.endsWith('/keys')) { stats.jwks++; return respond(sock, 200, JWKS); }
  if (p.endsWith('/.well-known/openid-configuration')) {
    stats.metadata++;
    const tenant = p.split('/')[1];
    return respond(sock, 200, JSON.stringify({ issuer: `${base}/${tenant}/v2.0`, jwks_uri: `${base}/${tenant}/discovery/v2.0/keys`,
      authorization_endpoint: `${base}/${tenant}/oauth2/v2.0/authorize`, token_endpoint: `${base}/${tenant}/oauth2/v2.0/token`,
      end_session_endpoint: `${base}/${tenant}/oauth2/v2.0/logout` }));
  }
  if (method === 'POST' && p.endsWith('/token')) {
    stats.tokens++;
    return respond(sock, 200, JSON.stringify({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: ACCESS_TOKEN }));
  }
  stats.notFound++;
  respond(sock, 404, '{"error":"not_found"}');
}

function control(sock, method, target, body) {
  if (target.startsWith('/__stats')) {
    const out = { ...stats, lastBody: stats.lastBody?.toString(), replies: replies.size, faultsLeft: faults?.count ?? 0 };
    if (target.includes('ids=1')) out.ids = Object.fromEntries(replies);
    return respond(sock, 200, JSON.stringify(out));
  }
  if (method === 'POST' && target === '/__reset') { reset(); return respond(sock, 200, '{}'); }
  if (method === 'POST' && target === '/__faults') {
    faults = { count: Infinity, every: 1, seen: 0, ...JSON.parse(body) };
    return respond(sock, 200, '{}');
  }
  if (target === '/__events') {
    sock.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n');
    watchers.add(sock);
    sock.on('close', () => watchers.delete(sock));
    return;
  }
  respond(sock, 404, '{}');
}

function onConnection(sock) {
  stats.connections++;
  sock.setNoDelay(true);
  const reader = new Http1Reader((h, b) => handle(sock, h, b),
    { onExpect: () => sock.write('HTTP/1.1 100 Continue\r\n\r\n') });
  sock.on('data', (d) => reader.push(d));
  sock.on('error', () => sock.destroy());
}

net.createServer(onConnection).listen(PORT, '127.0.0.1', 1024, () => {
  tls.createServer(id.tls, onConnection).listen(TLS_PORT, '127.0.0.1', 1024, () => console.log('ready'));
});
