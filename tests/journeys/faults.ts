/** What is wrong with a page whatever it shows: the rules of accessibility, and its width. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type App, desktop, phone, settled, until } from './support.ts';

const screens: readonly (readonly [string, BrowserContextOptions])[] = [
  ['desktop', desktop],
  ['phone', phone],
];

/**
 * What is wrong with pages as somebody sees them who is signed in on `as`: on a desk and on a phone by every rule, then,
 * as the same page turns dark, by that of contrast, the one that colours can break.
 */
export async function faultsOf(app: App, as: Page, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const storageState = await as.context().storageState();
  for (const [screen, options] of screens) {
    const { page, context } = await app.open({ ...options, storageState });
    for (const path of paths) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path);
      await settled(page);
      found.push(...(await faultsOfPage(page)).map((fault) => `${path}, ${screen}: ${fault}`));
    }
    await context.close();
  }
  return found;
}

/** Of the page as it stands; it is left dark. */
export async function faultsOfPage(page: Page): Promise<string[]> {
  const inLight = await seriousViolations(page);
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  await page.emulateMedia({ colorScheme: 'dark' });
  await until(page, isDark);
  const inDark = await seriousViolations(page, { type: 'rule', values: ['color-contrast'] });
  return [...inLight, ...inDark.map((fault) => `dark: ${fault}`), ...(wide > 0 ? [`${wide} px wider than the screen`] : [])];
}

/** Of the app or a hosted form, and no colour on its way any more. */
const isDark = `(document.documentElement.dataset.mantineColorScheme ?? 'dark') === 'dark' &&
  document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity)`;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag22aa = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe finds that is serious or worse, by the rules of WCAG 2.2 AA unless told. */
export async function seriousViolations(page: Page, runOnly: { type: string; values: string[] } = wcag22aa): Promise<string[]> {
  await page.evaluate(`window.axe || (() => {${axeSource}})()`);
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })}).then((result) => result.violations)`,
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
