import { useState } from 'react'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { KeyCard } from './key-card.tsx'
import { KeyForm } from './key-form.tsx'
import { inOrder, type MadeKey, type OwnKeys } from './key-words.ts'

/** A person's own keys: make, see how each is used, replace, revoke. */
export function KeysPage({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<OwnKeys>('/api/keys')
  const [made, setMade] = useState<MadeKey>()
  const show = (key: MadeKey): void => {
    setMade(key)
    again()
  }
  return (
    <PageFrame title="My keys">
      <h1>My keys</h1>
      <p className="dim">
        A program comes with a key and has your rights, and no more than the key is bound to. Every key ends
        by itself. One that is seen in a prompt, an answer or a file is revoked at once.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {made === undefined ? null : <NewKey made={made} onDone={() => setMade(undefined)} />}
      {value === undefined ? null : (
        <>
          <KeyForm csrf={csrf} policy={value.policy} services={value.services} onMade={show} />
          {value.keys.length === 0 ? <p className="note">You have no key.</p> : null}
          {inOrder(value.keys).map((key) => (
            <KeyCard key={key.id} view={key} csrf={csrf} onMade={show} onChanged={again} />
          ))}
        </>
      )}
    </PageFrame>
  )
}

const NewKey = ({ made, onDone }: { readonly made: MadeKey; readonly onDone: () => void }) => (
  <section className="sheet-box stack" aria-label="The new key" role="status">
    <h2>The new key</h2>
    <p>
      It is shown here once and is stored nowhere. Put it where the program reads it, as you would a password.
    </p>
    <p className="mono">{made.key}</p>
    <div className="row">
      <CopyButton text={made.key} label="Copy" />
      <button type="button" className="btn" onClick={onDone}>
        I have it
      </button>
    </div>
  </section>
)
