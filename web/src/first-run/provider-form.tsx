import { type FormEvent, useId } from 'react'
import {
  connectionLines,
  type FirstRunView,
  type Home,
  type ProviderChoice,
} from '#/register/first-run/api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Ceiling } from './ceiling.tsx'
import { chosen, type DraftProvider, emptyProvider } from './draft.ts'

interface Properties {
  readonly provider: DraftProvider
  readonly view: FirstRunView
  readonly home: Home | ''
  readonly onChange: (provider: DraftProvider) => void
  readonly onAdd: () => void
  readonly onLookAgain: () => void
}

/** An entry of the catalogue, the lines for the settings, and what only the company knows of it. */
export function ProviderForm({ provider, view, home, onChange, onAdd, onLookAgain }: Properties) {
  const id = useId()
  const choice = view.choices.find((each) => each.id === provider.offering)
  const add = (event: FormEvent): void => {
    event.preventDefault()
    onAdd()
  }
  const field = (name: Exclude<keyof DraftProvider, 'offering'>, label: string, more: object = {}) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        autoComplete="off"
        maxLength={400}
        value={provider[name]}
        onChange={({ target }) => onChange({ ...provider, [name]: target.value })}
        {...more}
      />
    </div>
  )
  const isThere = view.connections.some((each) => each.id === provider.connection)
  return (
    <form className="asking stack" onSubmit={add} aria-label="Add a provider">
      <div className="field">
        <label htmlFor={`${id}-offering`}>Offering of the catalogue</label>
        <select
          id={`${id}-offering`}
          value={provider.offering}
          onChange={({ target }) => {
            const found = view.choices.find((each) => each.id === target.value)
            onChange(found === undefined ? emptyProvider : chosen(found))
          }}
        >
          <option value="">choose</option>
          {groupsOf(view.choices, home).map(([title, choices]) => (
            <optgroup key={title} label={title}>
              {choices.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      {choice === undefined ? null : (
        <>
          <Ceiling of={choice} />
          {choice.setting === null ? null : (
            <p className="small dim">Only true with this setting of the account: {choice.setting}.</p>
          )}
          {choice.connecting.note === null ? null : <p className="note">{choice.connecting.note}</p>}
          <div className="row">
            {field('connection', 'Name of the connection', {
              required: true,
              pattern: '[a-z][a-z0-9\\-]{0,62}',
              title: 'Small letters, digits and hyphens',
            })}
            {field('url', 'Address', { type: 'url' })}
            {field('model', 'Model, as the provider calls it', { required: true })}
          </div>
          <Lines choice={choice} provider={provider} isThere={isThere} onLookAgain={onLookAgain} />
          <details open={choice.tier === 'self'}>
            <summary>What only you know (optional, and raises what it may carry)</summary>
            <div className="row">
              {field('region', 'Region: where it runs')}
              {choice.tier === 'self' ? (
                <>
                  {field('keptDays', 'Days anything is kept', { type: 'number', min: 0, max: 36_500 })}
                  {field('threatModel', 'Threat model: where it can be read')}
                  {field('patchedOn', 'Patched last on', { type: 'date' })}
                </>
              ) : (
                field('agreement', 'Agreement on data processing: where it can be found')
              )}
            </div>
          </details>
          <div className="row">
            <button type="submit" className="btn primary">
              Add this provider
            </button>
          </div>
        </>
      )}
    </form>
  )
}

/** Home first, then own machines, other clouds, and the interfaces of vendors. */
function groupsOf(choices: readonly ProviderChoice[], home: Home | '') {
  const groups: readonly (readonly [string, (each: ProviderChoice) => boolean])[] = [
    ['At home', (each) => home !== '' && each.home === home],
    ['Own machines', (each) => each.tier === 'self'],
    ['Other clouds', (each) => each.tier === 'cloud'],
    ['Interfaces of vendors', () => true],
  ]
  const left = new Set(choices)
  return groups.flatMap(([title, fits]) => {
    const some = [...left].filter(fits)
    for (const each of some) left.delete(each)
    return some.length === 0 ? [] : [[title, some] as const]
  })
}

interface LinesProperties {
  readonly choice: ProviderChoice
  readonly provider: DraftProvider
  readonly isThere: boolean
  readonly onLookAgain: () => void
}

/** What goes where, to be copied; and whether it is there. */
function Lines({ choice: { connecting }, provider, isThere, onLookAgain }: LinesProperties) {
  const lines = connectionLines(provider.connection, connecting, provider.url || 'https://ADDRESS/v1')
  return (
    <div className="sheet-box">
      <p>
        Into the settings file, the one <code>SALLYPORT_SETTINGS</code> names. Where it has{' '}
        <code>connections</code> already, add the lines below that word.
      </p>
      <pre className="mono small">{lines}</pre>
      <div className="row">
        <CopyButton text={lines} label="Copy the lines" />
      </div>
      {connecting.variable === null ? null : (
        <p>
          The key goes into the environment variable <code>{connecting.variable}</code> of the process, never
          into the file.
        </p>
      )}
      <div className="row">
        <span role="status">
          {isThere
            ? `The connection ${provider.connection} is in the settings.`
            : 'Then start Sallyport again. The connection is not in the settings yet.'}
        </span>
        {isThere ? null : (
          <button type="button" className="btn" onClick={onLookAgain}>
            Look again
          </button>
        )}
      </div>
    </div>
  )
}
