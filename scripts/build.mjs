/** Builds the web app without starting anything, for an image. */
import { buildWeb, findProjectNode, install } from './setup.mjs';

install();
await buildWeb(findProjectNode());
