import type { Token } from 'marked'
import { memo, useRef } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { growBlocks, noBlocks } from './blocks.ts'
import { type Parts, renderToken } from './render.ts'

/** An answer as it grows. Settled blocks keep their token, so `Block` is not drawn again for them. */
export function Answer({ text, isGrowing }: { readonly text: string; readonly isGrowing: boolean }) {
  const known = useRef(noBlocks)
  known.current = growBlocks(known.current, text)
  const { settled, open } = known.current
  return (
    <div className={isGrowing ? 'answer growing' : 'answer'}>
      {[...settled, ...open].map((token, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
        <Block key={index} token={token} />
      ))}
    </div>
  )
}

const Block = memo(({ token }: { readonly token: Token }) => renderToken(token, parts))
Block.displayName = 'Block'

const parts: Parts = {
  code: ({ text, language }) => (
    <figure className="code">
      <figcaption>
        <span>{language === '' ? 'Code' : language}</span>
        <CopyButton text={text} label="Copy" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  ),
}
