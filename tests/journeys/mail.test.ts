/** A mail as its reader sees it: on a small phone and dark, nothing sticks out, nothing is loaded, all can be read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { mailHtml } from '#engine/notices/mail-html.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { everything, hostile } from '#tests/support/messages.ts';
import { seriousViolations } from './faults.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1_000])
    test(`a mail of ${width} pixels, ${colorScheme}`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      let ran = false;
      page.on('dialog', (dialog) => {
        ran = true;
        void dialog.dismiss();
      });
      for (const words of ['Northwind', hostile, 'Donaudampfschifffahrtsgesellschaftskapitänswitwe'.repeat(4)]) {
        await page.setContent(mailHtml(everything(words), { base: 'https://accord.example' }, 'https://accord.example/n/unsubscribe/x'));
        const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        assert.equal(wide, 0, `sticks out by ${String(wide)} pixels`);
        assert.deepEqual(await seriousViolations(page), []);
      }
      assert.deepEqual([asked, ran], [[], false]);
      const smallest = await page.evaluate(
        `Math.min(...[...document.querySelectorAll('p,li,span,td.ink')].map((each) => parseFloat(getComputedStyle(each).fontSize)))`,
      );
      assert.ok(Number(smallest) >= 12);
      await context.close();
    });
