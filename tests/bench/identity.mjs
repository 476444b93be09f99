// The fake identity: one RSA key that signs the channel's tokens, and a private certificate authority for the
// key server, since the service only fetches keys and tokens over https. Made in build/ when absent.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const build = path.join(here, 'build');
export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const APP_SECRET = 'not-a-secret-bench-only';
export const TENANT_ID = '99999999-8888-4777-a666-555555555555';
export const ISSUER = 'https://api.botframework.invalid';
export const KEY_ID = 'bench-key-1';
export const CA_FILE = path.join(build, 'ca.pem');

export function ensureIdentity() {
  mkdirSync(build, { recursive: true });
  const file = (name) => path.join(build, name);
  if (!existsSync(file('channel-key.pem'))) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file('channel-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  if (!existsSync(file('tls.pem'))) {
    const openssl = (...args) => execFileSync('openssl', args, { cwd: build, stdio: 'pipe' });
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=bench local CA',
      '-keyout', 'ca-key.pem', '-out', 'ca.pem');
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', 'tls-key.pem', '-out', 'tls.csr');
    writeFileSync(file('san.cnf'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('x509', '-req', '-in', 'tls.csr', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial',
      '-days', '30', '-extfile', 'san.cnf', '-out', 'tls.pem');
  }
  const channelKey = createPrivateKey(readFileSync(file('channel-key.pem')));
  const jwk = createPublicKey(channelKey).export({ format: 'jwk' });
  return {
    channelKey,
    jwks: { keys: [{ ...jwk, kid: KEY_ID, x5t: KEY_ID, use: 'sig', alg: 'RS256', endorsements: ['msteams'] }] },
    tls: { key: readFileSync(file('tls-key.pem')), cert: readFileSync(file('tls.pem')) },
  };
}

export const base64url = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');

/** A channel token as the Bot Connector issues it; `claims` and `header` override, for the negative probes. */
export function channelToken(key, serviceUrl, { claims = {}, header = {} } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const head = { alg: 'RS256', typ: 'JWT', kid: KEY_ID, x5t: KEY_ID, ...header };
  const body = { serviceurl: serviceUrl, nbf: now - 60, iat: now - 60, exp: now + 3600, iss: ISSUER, aud: APP_ID,
    jti: randomUUID(), ...claims };
  const input = `${base64url(head)}.${base64url(body)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}
