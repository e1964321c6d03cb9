import { useId } from 'react'
import { homeNames, homes } from '#/register/first-run/api.ts'
import type { StepProperties } from './step.ts'

const hints = {
  aws: 'Amazon Bedrock goes before other clouds.',
  azure: 'Azure OpenAI and Foundry go before other clouds.',
  google: 'Gemini on Vertex AI goes before other clouds.',
  self: 'Own machines go first wherever direct use ends.',
} as const

/** Where the company already is: contracts, regions and keys are there. */
export function HomeStep({ draft, change }: StepProperties) {
  const id = useId()
  return (
    <>
      <fieldset className="choices">
        <legend>
          <h2>Which cloud is home?</h2>
        </legend>
        {homes.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="home"
              checked={draft.home === each}
              onChange={() => change({ home: each })}
            />
            <span>
              <b>{homeNames[each]}</b> <span className="dim">{hints[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="asking field">
        <label htmlFor={id}>Who looks after what is written, by e-mail address</label>
        <input
          id={id}
          type="email"
          maxLength={254}
          value={draft.owner}
          onChange={({ target }) => change({ owner: target.value })}
        />
      </div>
    </>
  )
}
