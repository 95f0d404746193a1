/** A real headless browser: a Chrome or Chromium found on the machine, else the one among the dependencies. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** No sandbox, for root in a container has none; nothing that talks to anybody but the page. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

export async function openBrowser(options: { headless?: boolean } = {}): Promise<Browser> {
  const found = findInstalled();
  if (found) return chromium.launch({ executablePath: found, args: quiet, headless: options.headless ?? true });
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  // Its own arguments but those that would open it to any page; the package is a headless shell.
  const args = packed.args.filter((arg) => !/disable-web-security|allow-running-insecure|single-process/.test(arg));
  return chromium.launch({ executablePath, args: [...new Set([...args, ...quiet])], headless: true });
}

function findInstalled(): string | undefined {
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const fixed = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:/Program Files/Google/Chrome/Application/chrome.exe'];
  const candidates = [process.env['CHROME_PATH'], ...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...fixed];
  return candidates.find((path) => path !== undefined && path !== '' && isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
