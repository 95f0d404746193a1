/** `npm start`: installs what is missing, builds the web app when stale, and serves. */
import { join } from 'node:path';
import { buildWeb, findProjectNode, install, root, runTied } from './setup.mjs';

install({ forDevelopment: false });
const node = findProjectNode();
await buildWeb(node);
process.exitCode = await runTied(node, [join(root, 'src/entry/main.ts'), 'serve', ...process.argv.slice(2)]);
