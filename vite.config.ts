import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { Marked } from 'marked';
import { defineConfig, type Plugin } from 'vite';

const server = process.env['ACCORD_SERVER'] ?? 'http://127.0.0.1:4400';

export default defineConfig({
  root: 'src/entry/web',
  base: '/',
  plugins: [react(), documents()],
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    // Nothing inline: the content security policy allows scripts and images of our own origin only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { port: 5173, proxy: { '/api': server, '/health': server } },
});

const docs = join(import.meta.dirname, 'docs');

/** Documents of docs/ as the app shows them: `import('x.md?html')` gives their HTML, with links to each other within the app. */
function documents(): Plugin {
  return {
    name: 'documents',
    enforce: 'pre',
    load(id) {
      const [file = '', query] = id.split('?');
      if (query !== 'html' || !file.endsWith('.md')) return null;
      this.addWatchFile(file);
      return `export default ${JSON.stringify(htmlOf(file))}`;
    },
  };
}

function htmlOf(file: string): string {
  const marked = new Marked({
    renderer: {
      // What the app doesn't show (source, pictures) is named, not linked.
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const [path = '', anchor] = href.split('#');
        const hash = anchor === undefined ? '' : `#${anchor}`;
        if (href.startsWith('https:')) return `<a href="${href}" rel="noreferrer" target="_blank">${text}</a>`;
        const target = path === '' ? file : join(dirname(file), path);
        const shown = relative(docs, target);
        const isShown = shown.endsWith('.md') && !shown.startsWith('..') && shown !== 'tour.md' && existsSync(target);
        return isShown ? `<a href="/help/${shown.slice(0, -'.md'.length)}${hash}">${text}</a>` : text;
      },
      image: ({ text }) => text,
      table({ header, rows }) {
        const row = (cells: typeof header, tag: 'th' | 'td') =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        return `<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table><thead>${row(header, 'th')}</thead><tbody>${rows.map((each) => row(each, 'td')).join('')}</tbody></table></div>`;
      },
    },
  });
  return marked.parse(readFileSync(file, 'utf8'), { async: false });
}
