// Steps of a journey: each prints one line "ok - …" or "not ok - …" and leaves a picture in out/.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const out = join(dirname(fileURLToPath(import.meta.url)), 'out');
let pictures = 0;
export let failed = 0;

/** Runs one step of a person. `prefix` begins the name of its picture. */
export function stepsOf(prefix) {
  return async (person, label, does) => {
    try {
      await does();
      console.log(`ok - ${label}`);
    } catch (e) {
      failed++;
      console.log(`not ok - ${label}: ${e.message.split('\n')[0]}`);
    }
    const name = `${prefix}-${String(++pictures).padStart(2, '0')}-${label.replace(/[^a-z0-9]+/gi, '-')}.png`;
    await person.screenshot(join(out, name)).catch(() => {});
  };
}

export function expect(text, pattern) {
  if (!pattern.test(text)) throw new Error(`expected ${pattern} in ${JSON.stringify(text)}`);
  return text;
}
