import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { growBlocks, noBlocks } from './blocks.ts'
import { type Parts, renderToken } from './render.ts'

const parts: Parts = {
  code: ({ text, language }) => createElement('pre', { lang: language }, text),
}

/** The markup the browser would get for an answer. */
function markup(text: string): string {
  const { settled, open } = growBlocks(noBlocks, text)
  return [...settled, ...open]
    .map((token) => renderToStaticMarkup(createElement('div', null, renderToken(token, parts))))
    .join('')
    .replaceAll(/<\/?div>/g, '')
}

describe('an answer cannot do anything', () => {
  const attacks = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'text <b onclick="alert(1)">bold</b>',
    '<iframe src="https://evil.example.com"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<style>body{background:url(https://evil.example.com)}</style>',
    '<!-- comment --><svg/onload=alert(1)>',
    '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
    '- <script>alert(1)</script>',
    '# <img src=x onerror=alert(1)>',
    '`<script>`',
    '```html\n<script>alert(1)</script>\n```',
    '```<script>\n```',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&#60;img src=x onerror=alert(1)&#62;',
  ]
  for (const attack of attacks) {
    test(`markup is shown as text: ${attack.replaceAll('\n', ' ')}`, () => {
      const tags = markup(attack).match(/<[a-z][^>]*>/gi) ?? []
      for (const tag of tags) {
        assert.match(
          tag,
          /^<(p|span class="raw"|code|pre lang="[^"]*"|ul|li|h2|div [^>]*|table|thead|tbody|tr|th[^>]*|td|strong)>$/,
          tag,
        )
        assert.doesNotMatch(tag, /\son\w+=|src=|style=/i)
      }
    })
  }

  for (const address of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#115;cript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    '//evil.example.com/x',
    '/api/sign-out',
    'relative',
    '#hash',
  ]) {
    test(`a link to ${address} is only its words`, () => {
      assert.doesNotMatch(markup(`[words](${address})`), /<a |href/)
      assert.match(markup(`[words](${address})`), /words/)
    })
  }

  test('a link that leads out tells the other side nothing and cannot reach back', () => {
    for (const address of ['https://example.com/a?b=1', 'http://example.com/', 'mailto:a@example.com']) {
      assert.match(
        markup(`[words](${address})`),
        new RegExp(
          `^<p><a href="${address.replace('?', '\\?')}" rel="noopener noreferrer" target="_blank">words</a></p>$`,
        ),
      )
    }
  })

  test('a picture is never loaded: its address is a link somebody may press', () => {
    for (const picture of [
      '![chart](https://evil.example.com/p.png?q=secret)',
      '![chart][1]\n\n[1]: https://evil.example.com/p.png',
      '[![chart](https://evil.example.com/p.png)](https://example.com)',
    ]) {
      const html = markup(picture)
      assert.doesNotMatch(html, /<img|src=|srcset/)
      assert.match(html, /Picture not loaded: chart/)
    }
    assert.doesNotMatch(markup('![x](javascript:alert(1))'), /href/)
  })
})

describe('an answer is readable', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['**bold** and *soft* and ~~gone~~', '<p><strong>bold</strong> and <em>soft</em> and <s>gone</s></p>'],
    ['one\ntwo', '<p>one<br/>two</p>'],
    ['# First\n\n###### Last', '<h2>First</h2><h6>Last</h6>'],
    ['3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
    ['> quoted', '<blockquote><p>quoted</p></blockquote>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['```ts title\nlet a\n```', '<pre lang="ts">let a</pre>'],
    ['AT&amp;T &copy; &#8364; &nope;', '<p>AT&amp;T © € &amp;nope;</p>'],
    ['\\*not soft\\*', '<p>*not soft*</p>'],
    ['---', '<hr/>'],
  ]
  for (const [text, html] of cases) {
    test(JSON.stringify(text), () => assert.equal(markup(text), html))
  }

  test('a table has heads for screen readers and scrolls by itself', () => {
    const html = markup('| a | b |\n|---|--:|\n| 1 | 2 |')
    assert.match(html, /role="region" aria-label="Table" tabindex="0"/i)
    assert.match(html, /<th scope="col">a<\/th><th scope="col" class="to-right">b<\/th>/)
    assert.match(html, /<td>1<\/td><td class="to-right">2<\/td>/)
  })

  test('a task says whether it is done, and cannot be ticked', () => {
    const html = markup('- [x] done\n- [ ] open')
    assert.match(html, /aria-label="Done"/)
    assert.match(html, /aria-label="Not done"/)
    assert.equal(html.match(/disabled=""/g)?.length, 2)
  })

  test('nesting nobody writes is shown as text, however deep it goes', () => {
    assert.match(markup(`${'> '.repeat(60)}deep`), /deep/)
    assert.match(markup(`${'['.repeat(3_000)}x`), /\[\[/)
  })
})
