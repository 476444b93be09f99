// A person at the client: types, reads, fills in cards, presses buttons. Runs it in headless Chromium.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { startClient } from './client.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const escape = (text) => String(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const CHROMIUM_ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function startPerson({ botUrl, config, viewport = { width: 1280, height: 960 }, timeout = 15_000,
  browser = process.env.CHROMIUM_PATH || '/usr/bin/chromium' }) {
  const person = new Person(await startClient({ botUrl, config }), timeout);
  try {
    await person._open(browser, viewport);
    return person;
  } catch (e) {
    e.message += `\n${person.client.output()}`;
    await person.stop();
    throw e;
  }
}

class Person {
  constructor(client, timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  async _open(executablePath, viewport) {
    this.folder = await mkdtemp(join(tmpdir(), 'pao-browser-'));
    this.context = await chromium.launchPersistentContext(this.folder, { executablePath, viewport, headless: true,
      args: CHROMIUM_ARGS });
    this.context.setDefaultTimeout(this.timeout);
    await this.context.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort()); // web fonts
    this.page = this.context.pages()[0] ?? await this.context.newPage();
    await this.page.goto(this.client.url, { timeout: 30_000 });
    await this.page.getByText('Connected.').first().waitFor({ timeout: 30_000 });
    await this.page.getByRole('button', { name: 'Hide log panel' }).click();
  }

  async say(text) {
    await this.page.locator('[contenteditable=true]').first().click();
    await this.page.keyboard.insertText(text);
    await this.page.getByRole('button', { name: 'Send Message' }).first().click();
  }

  /** The last Adaptive Card, or the last one whose text matches. */
  card(text) {
    const all = this.page.locator('.ac-adaptiveCard');
    return (text === undefined ? all : all.filter({ hasText: text })).last();
  }

  /** Waits for that card; gives its text. */
  async see(text, { timeout = this.timeout } = {}) {
    const card = this.card(text);
    await card.waitFor({ timeout });
    return card.innerText();
  }

  /** Fills in a field of a card by its label: text, or the title of a choice. */
  async fill(label, value, card = this.card()) {
    const named = { name: new RegExp(`^${escape(label)}( |$)`) };
    const field = card.getByRole('textbox', named).or(card.getByRole('combobox', named)).or(card.getByRole('radiogroup', named)).first();
    await field.waitFor();
    const role = await field.evaluate((e) => e.getAttribute('role') ?? e.tagName.toLowerCase());
    if (role === 'radiogroup') return field.getByRole('radio', { name: value, exact: true }).check();
    if (role === 'combobox' || role === 'button') {
      await field.click();
      return this.page.getByRole('option', { name: value, exact: true }).first().click();
    }
    if (role === 'select') return field.selectOption({ label: value });
    await field.fill(String(value));
    return field.blur();
  }

  async press(title, card = this.card()) {
    await card.getByRole('button', { name: title, exact: true }).last().click();
  }

  async screenshot(file, options = {}) {
    await mkdir(dirname(file), { recursive: true });
    await this.page.mouse.move(0, 0);
    await sleep(300); // the client scrolls to the last message
    await this.page.screenshot({ path: file, ...options });
  }

  async stop() {
    await this.context?.close().catch(() => {});
    await this.client.stop();
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
