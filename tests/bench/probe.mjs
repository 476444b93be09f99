// What bad tokens, bad bodies and a failing connector lead to. Prints one line "ok - …" or "not ok - …" each.
//
//   node tests/bench/probe.mjs
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { makeActivity } from './activities.mjs';
import { base64url, channelToken, ensureIdentity, KEY_ID } from './identity.mjs';
import { buildRequest } from './load.mjs';
import { Connector, once, PORT, Service, SERVICE_URL, sleep } from './service.mjs';

const { channelKey, jwks } = ensureIdentity();
const good = channelToken(channelKey, SERVICE_URL);
const [goodHead, goodClaims, goodSignature] = good.split('.');
const now = Math.floor(Date.now() / 1000);
const signed = (changes, key = channelKey) => channelToken(key, SERVICE_URL, changes);

function badTokens() {
  const changed = base64url({ ...JSON.parse(Buffer.from(goodClaims, 'base64url')), extra: 1 });
  const confused = `${base64url({ alg: 'HS256', typ: 'JWT', kid: KEY_ID })}.${goodClaims}`;
  return {
    'no token': null,
    'no JWT': 'abc',
    'signed with another key': signed({}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    'claims changed after signing': `${goodHead}.${changed}.${goodSignature}`,
    'unknown key id': signed({ header: { kid: 'otra' } }),
    'alg none': `${base64url({ alg: 'none', typ: 'JWT', kid: KEY_ID })}.${goodClaims}.`,
    'alg HS256 with the public key as secret': `${confused}.${createHmac('sha256', jwks.keys[0].n).update(confused).digest('base64url')}`,
    'expired 10 minutes ago': signed({ claims: { nbf: now - 7200, iat: now - 7200, exp: now - 600 } }),
    'valid in 10 minutes': signed({ claims: { nbf: now + 600, iat: now + 600 } }),
    'another audience': signed({ claims: { aud: '00000000-0000-0000-0000-000000000001' } }),
    'another issuer': signed({ claims: { iss: 'https://malo.invalid' } }),
    'serviceurl of another host': channelToken(channelKey, 'https://otro.invalid/'),
  };
}

const message = (changes = {}) => ({ ...makeActivity('echo', 1, SERVICE_URL), ...changes });
const invoke = (changes = {}) => ({ ...makeActivity('invoke', 1, SERVICE_URL), ...changes });
const long = (bytes) => message({ text: 'a'.repeat(bytes), attachments: [] });
const bodies = [
  ['malformed JSON', '{"type":"message",', [400]],
  ['empty body', '', [400]],
  ['an array', '[1,2,3]', [400]],
  ['null', 'null', [400]],
  ['an object without anything', '{}', [400]],
  ['50,000 brackets deep', '['.repeat(50000) + ']'.repeat(50000), [400]],
  ['a value 10,000 deep', `${JSON.stringify(message()).slice(0, -1)},"value":${'['.repeat(10000)}${']'.repeat(10000)}}`, [200, 400]],
  ['text of 300 KB', long(300 * 1024), [413]],
  ['text of 20 MB', long(20 * 1024 * 1024), [413]],
  ['an unknown activity type', message({ type: 'cosaRara' }), [200]],
  ['an invoke with an unknown name', invoke({ name: 'otra/cosa' }), [501]],
];
// What the connector answers, how often, and how many messages must arrive in the end. The longest wait is
// that after a second 429 without Retry-After: 2 to 6 s, then up to three times as long.
const longestWaitMs = 30000;
const faults = [
  ['429 once with Retry-After', { status: 429, retryAfter: 1, count: 1 }, 1],
  ['429 twice without it', { status: 429, count: 2 }, 1],
  ['500 once', { status: 500, count: 1 }, 1],
  ['502 once', { status: 502, count: 1 }, 1],
  ['412 once', { status: 412, count: 1 }, 1],
  ['an answer after 3 s', { delayMs: 3000, count: 1 }, 1],
  ['403 always: not in the roster', { status: 403, body: { error: { code: 'BotNotInConversationRoster', message: 'x' } } }, 0],
];

let failed = 0;
function report(holds, label, detail) {
  if (!holds) failed++;
  console.log(`${holds ? 'ok' : 'not ok'} - ${label}${holds ? '' : `: ${detail}`}`);
}
const send = (body, token = good) => once(buildRequest('/api/messages', PORT, token, typeof body === 'string' ? body : JSON.stringify(body)), 40000);

const connector = await new Connector().start();
const service = new Service();
const accepted = async () => (await connector.stats()).post;
async function acceptedWithin(wanted, ms) {
  for (const end = Date.now() + ms; Date.now() < end && (await accepted()) < wanted; await sleep(100));
  await sleep(300);
  return accepted();
}
try {
  await service.untilFirstAnswer(() => buildRequest('/api/messages', PORT, good, JSON.stringify(message())));
  await acceptedWithin(1, 5000);

  for (const [label, token] of Object.entries(badTokens())) {
    await connector.reset();
    const answer = await send(message(), token);
    await sleep(60);
    report([401, 403].includes(answer?.status) && (await accepted()) === 0, `token: ${label}`, `${answer?.status}, ${await accepted()} replies`);
  }
  for (const [label, body, statuses] of bodies) {
    const answer = await send(body);
    const after = await send(message());
    report(statuses.includes(answer?.status) && after?.status === 200, `body: ${label}`, `${answer?.status}, then ${after?.status}`);
  }
  {
    await sleep(500);
    await connector.reset();
    const twice = message();
    const answers = [await send(twice), await send(twice)];
    const arrived = await acceptedWithin(2, 1000);
    report(answers.every((a) => a?.status === 200) && arrived === 1, 'the same activity twice is answered once', `${answers.map((a) => a?.status)}, ${arrived} replies`);
  }
  for (const [label, fault, wanted] of faults) {
    await connector.reset();
    await connector.faults(fault);
    const answer = await send(message({ conversation: { ...message().conversation, id: `a:probe-${label}` } }));
    const arrived = await acceptedWithin(wanted || 1, wanted ? longestWaitMs : 3000);
    report(answer?.status === 200 && arrived === wanted, `connector: ${label}`, `${answer?.status}, ${arrived} delivered`);
  }
} finally { await service.stop(); await connector.stop(); }
process.exitCode = failed ? 1 : 0;
