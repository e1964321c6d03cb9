import { useId } from 'react'
import type { StepProperties } from './step.ts'

/** Where one goes when the first provider fails: it counts once somebody has tried it. */
export function ExitForm({ draft: { providers, exit }, change }: StepProperties) {
  const id = useId()
  return (
    <div className="asking row">
      <div className="field">
        <label htmlFor={`${id}-exit`}>Exit: where to go when the first fails</label>
        <select
          id={`${id}-exit`}
          value={exit.connection}
          onChange={({ target }) => change({ exit: { ...exit, connection: target.value } })}
        >
          <option value="">not yet</option>
          {providers.map(({ connection, model }) => (
            <option key={`${connection} ${model}`} value={connection}>
              {connection}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-day`}>Tried on</label>
        <input
          id={`${id}-day`}
          type="date"
          value={exit.testedOn}
          onChange={({ target }) => change({ exit: { ...exit, testedOn: target.value } })}
        />
      </div>
    </div>
  )
}
