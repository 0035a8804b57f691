// What Lexical, the editor inside Sveltia, writes for each of its buttons, by its own serializer: one
// JSON array of name and Markdown a line. Stands beside node_modules when it runs.
import * as L from 'lexical';
import { createHeadlessEditor } from '@lexical/headless';
import * as M from '@lexical/markdown';
import { HeadingNode, QuoteNode, $createHeadingNode, $createQuoteNode } from '@lexical/rich-text';
import { ListNode, ListItemNode, $createListNode, $createListItemNode } from '@lexical/list';
import { LinkNode, $createLinkNode } from '@lexical/link';
import { CodeNode, $createCodeNode } from '@lexical/code';
const text = (t, ...formats) => { const n = L.$createTextNode(t); formats.forEach((f) => n.toggleFormat(f)); return n; };
const p = (...c) => L.$createParagraphNode().append(...c);
const li = (...c) => $createListItemNode().append(...c);
const docs = {
  bold: () => [p(text('Das ist '), text('wichtig', 'bold'), text(' und '), text('schön', 'italic'))],
  heading: () => [$createHeadingNode('h2').append(text('Programm')), p(text('Text'))],
  list: () => [$createListNode('bullet').append(li(text('Obst')), li($createListNode('bullet').append(li(text('Äpfel')))), li(text('Brot')))],
  numbers: () => [$createListNode('number').append(li(text('eins')), li($createListNode('bullet').append(li(text('a')))), li(text('zwei')))],
  break: () => [p(text('Lindenstraße 1'), L.$createLineBreakNode(), text('12345 Musterdorf'))],
  quote: () => [$createQuoteNode().append(text('Zitat'))],
  code: () => [$createCodeNode().append(text('# kein Titel'), L.$createLineBreakNode(), text('- kein Punkt'))],
  link: () => [p($createLinkNode('https://example.org').append(text('Programm')))],
  signs: () => [p(text('Nachbar*innen & Freund*innen, ~5 Euro, a_b [x] #1 tee@example.org'))],
  day: () => [p(text('18. November: Fest'))],
  hashtag: () => [p(text('#neuendorf ist schön'))],
  strike: () => [p(text('abgesagt', 'strikethrough'), text(' heute'))],
  typed: () => [p(text('code', 'code'))],
};
for (const [name, make] of Object.entries(docs)) {
  const editor = createHeadlessEditor({ nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode, CodeNode], onError: (e) => { throw e; } });
  editor.update(() => { L.$getRoot().clear().append(...make()); }, { discrete: true });
  editor.read(() => console.log(JSON.stringify([name, M.$convertToMarkdownString(M.TRANSFORMERS)])));
}
