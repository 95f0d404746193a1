import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from './browser.ts';

test('a browser opens, renders and takes a picture', async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  await page.setContent('<h1 style="color: rgb(1, 2, 3)">Äpfel and ärger</h1>');
  assert.equal(await page.evaluate("getComputedStyle(document.querySelector('h1')).color"), 'rgb(1, 2, 3)');
  const picture = await page.screenshot();
  assert.deepEqual([...picture.subarray(1, 4)], [...Buffer.from('PNG')]);
  assert.ok(picture.length > 2000);
});
