import { useState } from 'react'

/** Says what happened in its own label, for a moment. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState<string>()
  const say = (words: string): void => {
    setSaid(words)
    setTimeout(() => setSaid(undefined), 2_000)
  }
  const copy = (): void => {
    // Browsers offer the clipboard only to pages that came over https or from this machine.
    const isAllowed = navigator.clipboard !== undefined
    const copied = isAllowed ? navigator.clipboard.writeText(text) : Promise.reject(new Error('no clipboard'))
    copied.then(
      () => say('Copied'),
      () => say('Not allowed here'),
    )
  }
  return (
    <button type="button" className="btn quiet" onClick={copy}>
      <span aria-live="polite">{said ?? label}</span>
    </button>
  )
}
