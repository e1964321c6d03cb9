import type { Guide } from '#/register/documents/api.ts'
import { isSameName, placeText } from '#/register/documents/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { dayOf, policiesHash } from './words.ts'

/** What may go where, on one page that can be printed. */
export function GuidePage() {
  const { value, problem, again } = useAsked<Guide>('/api/policy-guide')
  return (
    <PageFrame
      title="What may go where"
      section="Guide"
      navigation={
        <a className="btn quiet" href={`#${policiesHash}`}>
          Policies
        </a>
      }
    >
      <h1>What may go where</h1>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <Found guide={value} />}
    </PageFrame>
  )
}

const Found = ({ guide }: { readonly guide: Guide }) => (
  <>
    <p className="dim small">
      Made on {dayOf(guide.at)} from the rules that serve, version{' '}
      <span className="mono">{guide.version}</span>, guide{' '}
      <span className="mono">{guide.hash.slice(0, 16)}</span>. What is found decides the class.{' '}
      <button type="button" className="btn quiet no-print" onClick={() => window.print()}>
        Print
      </button>
    </p>
    <div className="sheet-box scroll">
      <table>
        <caption>Classes, and where everybody may send them</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Where it may go</th>
            <th scope="col">What is found that has it</th>
          </tr>
        </thead>
        <tbody>
          {guide.classes.map(({ class: of, name, holds, goesTo }) => (
            <tr key={of}>
              <th scope="row">
                {name}
                {isSameName(name, of) ? null : <span className="faint small"> {of}</span>}
              </th>
              <td className="small">
                {goesTo.length === 0
                  ? 'nowhere: ask first'
                  : goesTo.map((place) => <div key={placeText(place)}>{placeText(place)}</div>)}
              </td>
              <td className="small">
                {holds.length === 0
                  ? 'nothing of its own'
                  : holds.map((line) => <div key={line}>{line}</div>)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    <p className="small dim">
      Use cases with an audience of their own may allow more; they say so where they are chosen.
    </p>
    <h2>What happens to what is found</h2>
    {guide.rules.length === 0 ? (
      <p className="note">No rule serves: what is found is noted, and goes.</p>
    ) : null}
    <ul className="bullets small">
      {guide.rules.map(({ title, finds, does, also }) => (
        <li key={`${title} ${finds} ${does} ${also.join()}`}>
          <b>{title}</b>: {finds} {does}
          {also.length === 0 ? '' : ` (${also.join('; ')})`}.
        </li>
      ))}
    </ul>
    <h2>
      From our own cases, {dayOf(guide.since)} to {dayOf(guide.until)}
    </h2>
    {guide.found.length === 0 ? (
      <p className="note">Nothing was changed for {guide.fewestPeople} people or more.</p>
    ) : null}
    <ul className="bullets small">
      {guide.found.map(({ placeholder, does, values, exchanges }) => (
        <li key={`${placeholder} ${does}`}>
          <span className="mono">{placeholder}</span> {does}: {values} values in {exchanges} exchanges.
        </li>
      ))}
    </ul>
    <p className="small dim">
      Kinds found with fewer than {guide.fewestPeople} people are left out. No value stands here.
    </p>
    {guide.documents.length === 0 ? null : (
      <>
        <h2>Whom to ask</h2>
        <ul className="bullets small">
          {guide.documents.map(({ policy, title, version, owner }) => (
            <li key={policy}>
              {title}, version {version}: {owner}
            </li>
          ))}
        </ul>
      </>
    )}
  </>
)
