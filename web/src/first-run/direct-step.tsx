import { type Direct, directClasses } from '#/register/first-run/api.ts'
import type { StepProperties } from './step.ts'

const words: Readonly<Record<Direct, string>> = {
  none: 'Nothing goes to the interface of a vendor',
  public: 'Up to public',
  internal: 'Up to internal, once people have read a notice',
  confidential: 'Up to confidential, each time with a reason',
}

/** Where the interfaces of vendors end, and what is the company's own begins. */
export const DirectStep = ({ draft, change }: StepProperties) => (
  <fieldset className="choices">
    <legend>
      <h2>Up to which class may the interface of a vendor be used, under contract?</h2>
    </legend>
    <p className="dim">
      Above it only your cloud and your own machines are asked. Restricted never goes to a vendor: there are
      no terms that would carry it.
    </p>
    {directClasses.map((each) => (
      <label key={each}>
        <input
          type="radio"
          name="direct"
          checked={draft.direct === each}
          onChange={() => change({ direct: each })}
        />
        <span>
          {each === 'confidential' && draft.scheme === 'three'
            ? 'Up to sensitive, each time with a reason'
            : words[each]}
        </span>
      </label>
    ))}
  </fieldset>
)
