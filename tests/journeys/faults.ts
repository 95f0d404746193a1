/** What is wrong with a page whatever it shows: the rules of accessibility, and its width. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { type App, settled, until } from './support.ts';

const screens = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** What is wrong with pages as somebody sees them who is signed in on `as`, by `faultsOfPage`. */
export async function faultsOf(app: App, as: Page, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const { page, context } = await app.open({ storageState: await as.context().storageState() });
  for (const [at, path] of paths.entries()) {
    await page.setViewportSize(screens.desktop);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path);
    await settled(page);
    // What leads through the app is the same on every page: on the first it is looked at.
    found.push(...(await faultsOfPage(page, at === 0 ? [] : ['nav.rail', 'nav.bottom'])).map((fault) => `${path}, ${fault}`));
  }
  await context.close();
  return found;
}

/**
 * Of a page that is shown light on a desk: by every rule there and as it shrinks to a phone; dark, by that of contrast,
 * the one that colours can break. A page loaded four times would take twice as long to find the same.
 */
export async function faultsOfPage(page: Page, without: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  const look = (runOnly?: RunOnly) => seriousViolations(page, runOnly, without);
  const note = (where: string, faults: string[]) => void found.push(...faults.map((fault) => `${where}: ${fault}`));
  const contrast: RunOnly = { type: 'rule', values: ['color-contrast'] };
  note('desktop', [...(await look()), ...(await widerThanScreen(page))]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await until(page, isDark);
  note('desktop, dark', await look(contrast));
  await page.setViewportSize(screens.phone);
  await until(page, `innerWidth === ${screens.phone.width}`);
  await until(page, isDark);
  note('phone, dark', await look(contrast));
  await page.emulateMedia({ colorScheme: 'light' });
  await until(page, isLight);
  note('phone', [...(await look()), ...(await widerThanScreen(page))]);
  return found;
}

async function widerThanScreen(page: Page): Promise<string[]> {
  // The page, or the part of it that scrolls downwards.
  const wide = await page.evaluate<number>(
    `Math.max(...[document.documentElement, ...document.querySelectorAll('main')].map((each) => each.scrollWidth - each.clientWidth))`,
  );
  return wide > 0 ? [`${wide} px wider than the screen`] : [];
}

/** Of the app (a hosted form follows at once), and no colour on its way any more. */
const shows = (scheme: string): string => `(document.documentElement.dataset.mantineColorScheme ?? '${scheme}') === '${scheme}' &&
  document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity)`;
const [isLight, isDark] = [shows('light'), shows('dark')];

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface RunOnly {
  type: 'tag' | 'rule';
  values: string[];
}
const wcag22aa: RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe finds that is serious or worse, by the rules of WCAG 2.2 AA unless told. */
export async function seriousViolations(page: Page, runOnly: RunOnly = wcag22aa, without: readonly string[] = []): Promise<string[]> {
  await page.evaluate(`window.axe || (() => {${axeSource}})()`);
  const context = { include: [['html']], exclude: without.map((selector) => [selector]) };
  // Styles are read from the page alone: all of them are its own.
  const options = { runOnly, resultTypes: ['violations'], preload: false, iframes: false };
  const found = (await page.evaluate(
    `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)}).then((result) => result.violations)`,
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}): ${nodes
          .slice(0, 3)
          .map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
          .join(' | ')}`,
    );
}
