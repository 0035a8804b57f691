// What Decap's editor writes into a file for each of its buttons, by its own serializer: one JSON
// array of name and Markdown a line. Only the serializer is loaded; what draws the editor isn't.
// node decap_texts.mjs PACKAGE
import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(`
const HOME='/decap-cms-widget-markdown/dist/esm/';
export async function resolve(s, c, next) {
  if (/^react(-dom)?(\\/|$)/.test(s)) return { url: 'data:text/javascript,export default {};export const renderToString=()=>null;export const renderToStaticMarkup=()=>null;export const createElement=()=>null;export const isValidElement=()=>false', shortCircuit: true };
  if (s.endsWith('/MarkdownControl')) return { url: 'data:text/javascript,export const getEditorComponents=()=>new Map()', shortCircuit: true };
  if (c.parentURL && c.parentURL.includes(HOME)) {
    if (s.startsWith('.') && !s.endsWith('.js')) { try { return await next(s + '.js', c); } catch { return await next(s + '/index.js', c); } }
    if (s.includes('/') && !s.startsWith('@') && !s.startsWith('.') && !s.endsWith('.js')) return next(s + '.js', c);
  }
  return next(s, c);
}
export async function load(url, c, next) { return next(url, url.includes(HOME) ? { ...c, format: 'module' } : c); }
`), import.meta.url);
const home = process.argv[2];
const { slateToMarkdown } = await import(`${home}/dist/esm/serializers/index.js`);
const text = (t, m = {}) => ({ text: t, ...m });
const p = (...c) => ({ type: 'paragraph', children: c });
const item = (...c) => ({ type: 'list-item', children: c });
const docs = {
  bold: [p(text('Das ist '), text('wichtig', { bold: true }), text(' und '), text('schön', { italic: true }))],
  heading: [{ type: 'heading-two', children: [text('Programm')] }, p(text('Text'))],
  list: [{ type: 'bulleted-list', children: [
    item(p(text('Obst')), { type: 'bulleted-list', children: [item(p(text('Äpfel')))] }), item(p(text('Brot')))] }],
  numbers: [{ type: 'numbered-list', children: [
    item(p(text('eins')), { type: 'bulleted-list', children: [item(p(text('a')))] }), item(p(text('zwei')))] }],
  break: [p(text('Lindenstraße 1'), { type: 'break', children: [text('')] }, text('12345 Musterdorf'))],
  quote: [{ type: 'quote', children: [p(text('Zitat'))] }],
  link: [p({ type: 'link', data: { url: 'https://example.org' }, children: [text('Programm')] })],
  signs: [p(text('Nachbar*innen & Freund*innen, ~5 Euro, a_b [x] #1 tee@example.org'))],
  day: [p(text('18. November: Fest'))],
  hashtag: [p(text('#neuendorf ist schön'))],
  dash: [p(text('- kein Punkt'))],
  line: [p(text('davor')), { type: 'thematic-break', children: [text('')] }, p(text('danach'))],
};
for (const [name, nodes] of Object.entries(docs)) {
  console.log(JSON.stringify([name, slateToMarkdown(nodes, {})]));
}
