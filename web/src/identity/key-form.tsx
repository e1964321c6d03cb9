import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { dataClasses } from '#/core/data-class.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { classNames } from '../conversations/words.ts'
import { askedKey, emptyKeyWords, type KeyWords, type MadeKey, type OwnKeys } from './key-words.ts'

interface Properties extends Pick<OwnKeys, 'policy' | 'services'> {
  readonly csrf: string
  readonly onMade: (made: MadeKey) => void
}

/** Makes a key. Everything but its life may be left empty: each field only ever narrows. */
export function KeyForm({ csrf, policy, services, onMade }: Properties) {
  const [words, setWords] = useState<KeyWords>(emptyKeyWords(policy.defaultDays))
  const { problem, isSending, writeFor, again } = useWriting(csrf)
  const change = (part: Partial<KeyWords>): void => setWords((known) => ({ ...known, ...part }))
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isSending) return
    const made = await writeFor<MadeKey>('/api/keys', askedKey(words))
    if (made === undefined) return
    setWords(emptyKeyWords(policy.defaultDays))
    onMade(made.answer)
  }
  return (
    <form className="asking stack" onSubmit={send} aria-label="Make a key">
      <h2>Make a key</h2>
      <div className="terms">
        <Labelled label="What it is for">
          {(id) => (
            <input
              id={id}
              maxLength={200}
              value={words.label}
              onChange={({ target }) => change({ label: target.value })}
            />
          )}
        </Labelled>
        <Labelled label={`Days until it ends, ${policy.maxDays} at most`}>
          {(id) => (
            <input
              id={id}
              type="number"
              min={1}
              max={policy.maxDays}
              required
              value={words.days}
              onChange={({ target }) => change({ days: target.value })}
            />
          )}
        </Labelled>
        {services.length === 0 ? null : (
          <Labelled label="For">
            {(id) => (
              <select
                id={id}
                value={words.service}
                onChange={({ target }) => change({ service: target.value })}
              >
                <option value="">me</option>
                {services.map((service) => (
                  <option key={service.id} value={service.id}>
                    {service.label}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        )}
      </div>
      <details>
        <summary>Bind it to less than you may</summary>
        <div className="terms">
          <Labelled label="Highest class">
            {(id) => (
              <select
                id={id}
                value={words.highestClass}
                onChange={({ target }) => change({ highestClass: target.value })}
              >
                <option value="">not bound</option>
                {dataClasses.map((each) => (
                  <option key={each} value={each}>
                    {classNames[each]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label="Use case, by its id">
            {(id) => (
              <input
                id={id}
                value={words.useCase}
                onChange={({ target }) => change({ useCase: target.value })}
              />
            )}
          </Labelled>
          <Labelled label="Offerings, by their ids">
            {(id) => (
              <input
                id={id}
                value={words.offerings}
                onChange={({ target }) => change({ offerings: target.value })}
              />
            )}
          </Labelled>
          <Labelled label="Networks, as 192.0.2.0/24">
            {(id) => (
              <input
                id={id}
                value={words.networks}
                onChange={({ target }) => change({ networks: target.value })}
              />
            )}
          </Labelled>
          <Labelled label="Requests a day">
            {(id) => (
              <input
                id={id}
                type="number"
                min={1}
                value={words.requestsPerDay}
                onChange={({ target }) => change({ requestsPerDay: target.value })}
              />
            )}
          </Labelled>
        </div>
      </details>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          Make it
        </button>
        <span className="small faint">It goes to the log with your name.</span>
      </div>
    </form>
  )
}

const Labelled = ({
  label,
  children,
}: {
  readonly label: string
  readonly children: (id: string) => ReactNode
}) => {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
