import type { QuorumView, RecordView, VersionView } from '#/register/api.ts'
import type { SignedIn } from '../identity/session.ts'
import { seesSimulate, simulateAddress } from '../simulate/place.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { ControlResultBox } from './control-result.tsx'
import { isDecidable, isOpenTo, verdictText } from './decide.ts'
import { DecideForm } from './decide-form.tsx'
import { Differences } from './differences.tsx'
import { changedFields, fieldsOf } from './fields.ts'
import { addressOf, kindTitles, type Place } from './place.ts'
import { ProbeBox } from './probe-box.tsx'
import { ProblemNote } from './problem-note.tsx'
import { RuleTable } from './rule-table.tsx'
import { StateMark } from './state-mark.tsx'
import { useAsked } from './use-asked.ts'

interface Properties extends Pick<Place, 'kind'> {
  readonly id: string
  readonly person: SignedIn
  readonly csrf: string
  /** What serves may be another from now on. */
  readonly onDecided: () => void
}

/** One record: its versions, newest first, why each is in its state, and what can be decided. */
export function RecordPage({ kind, id, person, csrf, onDecided }: Properties) {
  const { value, problem, again } = useAsked<RecordView>(`/api/records/${kind}/${encodeURIComponent(id)}`)
  return (
    <>
      <p className="small">
        <a className="link" href={addressOf(kind)}>
          {kindTitles[kind]}
        </a>{' '}
        / <span className="mono">{id}</span>
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : (
        <Versions
          record={value}
          person={person}
          csrf={csrf}
          onDecided={() => {
            again()
            onDecided()
          }}
        />
      )}
    </>
  )
}

interface Shown {
  readonly record: RecordView
  readonly person: SignedIn
  readonly csrf: string
  readonly onDecided: () => void
}

function Versions({ record, person, csrf, onDecided }: Shown) {
  const { versions, serving, deciders, stage, heldBack, result, total } = record
  const served = versions.find(({ version }) => version === serving)
  const { probe, contradictions } = served ?? versions[0] ?? {}
  return (
    <>
      <h1>{versions[0]?.body.title}</h1>
      <p className="dim" role="status">
        {serving === null ? 'Nothing serves.' : `Version ${serving} serves.`} Decided by{' '}
        {decidedBy(versions[0]?.quorum) ?? `${deciders.join(' or ')}`}.
        {stage === undefined ? null : <b> Now: {stage}.</b>}
      </p>
      {heldBack === undefined ? null : <p className="note">Nothing of it is approved now: {heldBack}.</p>}
      {result === undefined ? null : <ControlResultBox result={result} />}
      {total < 2 ? null : <Differences key={total} record={record} />}
      {probe === undefined ? null : (
        <ProbeBox
          id={record.id}
          probe={probe}
          {...(contradictions === undefined ? {} : { contradictions })}
          person={person}
          csrf={csrf}
          onProbed={onDecided}
        />
      )}
      {versions.map((version) => (
        <section key={version.version} className="sheet-box" aria-label={`Version ${version.version}`}>
          <Version version={version} before={served === version ? undefined : served} />
          {version === versions[0] && version.state === 'proposed' && seesSimulate(person.roles) ? (
            <p>
              <a className="btn" href={simulateAddress(record.kind, record.id)}>
                What would change?
              </a>
            </p>
          ) : null}
          {isOpenTo('reject', record, version, person.roles) && isDecidable(record, version) ? (
            <DecideForm
              // What is decided changes what can be decided next, and empties the form.
              key={version.decisions.at(-1)?.receipt ?? ''}
              record={record}
              version={version}
              email={person.email}
              roles={person.roles}
              csrf={csrf}
              onDecided={onDecided}
            />
          ) : null}
        </section>
      ))}
      {versions.length < total ? (
        <p className="small dim">
          {versions.length} of {total} versions are shown: the newest, and the one that serves.
        </p>
      ) : null}
    </>
  )
}

function Version({
  version,
  before,
}: {
  readonly version: VersionView
  readonly before: VersionView | undefined
}) {
  const { state, why, at, by, body, ceiling, decisions } = version
  const changed = before === undefined ? [] : changedFields(before.body, body)
  return (
    <div className="stack">
      <div className="row spread">
        <h2>
          Version {version.version} <StateMark state={state} />
        </h2>
        <span className="small dim">
          written by {by}, {day(at)}
        </span>
      </div>
      <p>{why}</p>
      {before === undefined || changed.length === 0 ? null : (
        <p className="note">
          Differs from version {before.version} in: <b>{changed.join(', ')}</b>.
        </p>
      )}
      {version.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      {version.quorum.voices === 1 ? null : <WhoAgrees quorum={version.quorum} />}
      {ceiling === undefined ? null : (
        <div className="stack">
          <p className="row">
            <span className="dim">Ceiling, computed</span>{' '}
            {ceiling.class === null ? <b>none</b> : <ClassChip of={ceiling.class} />}
          </p>
          <ul className="bullets small">
            {ceiling.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      {hasRules(body) ? (
        <RuleTable rules={body.rules} classNames={'classNames' in body ? body.classNames : undefined} />
      ) : null}
      <dl className="kv">
        {fieldsOf(body)
          .filter(([name]) => name !== 'rules' || !hasRules(body))
          .map(([name, text]) => (
            <div key={name} className="pair">
              <dt className={changed.includes(name.split('.')[0] ?? '') ? 'changed' : undefined}>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      {decisions.length === 0 ? null : (
        <ul className="bullets small" aria-label="Decisions">
          {decisions.map((decision) => (
            <li key={decision.receipt}>
              {day(decision.at)}: {decision.by} ({decision.role}) – <b>{verdictText(decision)}</b>:{' '}
              {decision.reason} <span className="mono faint">{decision.receipt}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** They are shown as a table, not as a line. */
const hasRules = (body: VersionView['body']): body is Extract<VersionView['body'], { rules: unknown }> =>
  'rules' in body && body.rules.length > 0

/** Each role that counts, with whose voice it has, or that it is missing. */
const WhoAgrees = ({ quorum }: { readonly quorum: QuorumView }) =>
  quorum.ofOneRole === true ? <WhoAgreesToFile quorum={quorum} /> : <WhoAgreesByRole quorum={quorum} />

const WhoAgreesToFile = ({ quorum: { voices, given } }: { readonly quorum: QuorumView }) => (
  <div className="stack">
    <p className="dim">
      {voices} people must approve; {given.length} have.
      {given.length < voices ? (
        <>
          {' '}
          Who is alone gives somebody the role: <code>sallyport role grant EMAIL security --reason TEXT</code>
        </>
      ) : null}
    </p>
    <ul className="bullets small" aria-label="Approvals">
      {given.map(({ by, role }) => (
        <li key={by}>
          {role}: {by}
        </li>
      ))}
    </ul>
  </div>
)

const WhoAgreesByRole = ({ quorum: { voices, roles, given, missing } }: { readonly quorum: QuorumView }) => (
  <div className="stack">
    <p className="dim">
      {voices} people must approve, each with another of these roles; {given.length} have.
    </p>
    <ul className="bullets small" aria-label="Approvals">
      {roles.map((role) => {
        const voice = given.find((each) => each.role === role)
        const without = missing.includes(role) ? <b>missing</b> : 'not needed'
        return (
          <li key={role}>
            {role}: {voice === undefined ? without : voice.by}
          </li>
        )
      })}
    </ul>
  </div>
)

const decidedBy = (quorum: QuorumView | undefined): string | undefined =>
  quorum === undefined
    ? undefined
    : quorum.voices === 1
      ? quorum.roles.join(' or ')
      : quorum.ofOneRole === true
        ? `${quorum.voices} people with the role ${quorum.roles.join(' or ')}`
        : `${quorum.voices} people of different roles: ${quorum.roles.join(', ')}`

const day = (at: string): string => at.slice(0, 10)
