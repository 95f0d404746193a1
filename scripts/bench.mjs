/**
 * `npm run bench` measures everything at a million leads; `npm run bench -- import lists --leads 20000` the named
 * scenarios at another size. See docs/operate/benchmarks.md.
 */
import { buildWeb, continueOnProjectNode, install } from './setup.mjs';

install();
await continueOnProjectNode(import.meta.url);
await buildWeb();
const { runBench } = await import('../bench/run.ts');
process.exit(await runBench(process.argv.slice(2)));
