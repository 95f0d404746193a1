/** The packaged Chromium, or the one of CHROME_PATH, with a port that Lighthouse speaks to. */

import { createServer } from 'node:net';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowserWithPort(): Promise<{ browser: Browser; port: number }> {
  const port = await freePort();
  const executablePath = process.env['CHROME_PATH'] || (await packed.executablePath());
  return { port, browser: await chromium.launch({ executablePath, headless: true, args: [...quiet, `--remote-debugging-port=${port}`] }) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
