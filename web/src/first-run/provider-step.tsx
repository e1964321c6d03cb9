import { useState } from 'react'
import type { FirstRunView } from '#/register/first-run/api.ts'
import { type DraftProvider, emptyProvider } from './draft.ts'
import { ExitForm } from './exit-form.tsx'
import { ProviderForm } from './provider-form.tsx'
import type { StepProperties } from './step.ts'
import { TryIt } from './try-it.tsx'

interface Properties extends StepProperties {
  readonly view: FirstRunView
  readonly csrf: string
  readonly onLookAgain: () => void
}

/** Providers: what to write into the settings, whether it is there, and whether it answers. */
export function ProviderStep({ draft, change, view, csrf, onLookAgain }: Properties) {
  const [adding, setAdding] = useState<DraftProvider>(emptyProvider)
  const { providers } = draft
  const add = (): void => {
    change({ providers: [...providers, adding] })
    setAdding(emptyProvider)
  }
  return (
    <>
      <h2>Connect a provider</h2>
      <p className="dim">
        Addresses and keys stand in the settings file and are never set over the network. So you write the
        lines there, start Sallyport again, and come back to this tab: the answers are still here.
      </p>
      {providers.length === 0 ? null : (
        <ul className="stack" aria-label="Providers">
          {providers.map((each, index) => (
            <li key={`${each.offering} ${each.connection} ${each.model}`} className="note stack">
              <div className="row spread">
                <span>
                  <b>{each.offering}</b>, model {each.model}, connection{' '}
                  <span className="mono">{each.connection}</span>
                </span>
                <button
                  type="button"
                  className="btn"
                  onClick={() => change({ providers: providers.filter((_, at) => at !== index) })}
                >
                  Take {each.offering} out
                </button>
              </div>
              <TryIt
                connection={view.connections.find(({ id }) => id === each.connection)}
                csrf={csrf}
                onLookAgain={onLookAgain}
              />
            </li>
          ))}
        </ul>
      )}
      {providers.length > 1 ? <ExitForm draft={draft} change={change} /> : null}
      <ProviderForm
        provider={adding}
        view={view}
        home={draft.home}
        onChange={setAdding}
        onAdd={add}
        onLookAgain={onLookAgain}
      />
    </>
  )
}
