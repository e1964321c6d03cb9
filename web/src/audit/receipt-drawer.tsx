import { useId, useState } from 'react'
import type { ExchangeDetails } from '#/gateway/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { useMedia } from '../ui/use-media.ts'
import { downloadReceipt } from './download.ts'
import { SentView } from './sent-view.tsx'
import { type Step, stepsOf } from './steps.ts'
import { useExchange } from './use-exchange.ts'

interface Properties {
  readonly receipt: string | undefined
  readonly isRunning: boolean
  readonly email: string
  readonly onClose: () => void
}

/** "What happened to this prompt": every step, with its proof. Beside the chat when there is room, over it when not. */
export function ReceiptDrawer({ receipt, isRunning, email, onClose }: Properties) {
  const id = useId()
  const isNarrow = useMedia('(max-width: 1180px)')
  const { details, problem, readAgain } = useExchange(receipt, isRunning)
  const [isSentOpen, setSentOpen] = useState(false)
  return (
    <Modal className="drawer" labelledBy={id} isModal={isNarrow} onClose={onClose}>
      <header>
        <h2 id={id}>What happened to this prompt</h2>
        <button type="button" className="btn quiet" aria-label="Close receipt" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section className="in" aria-label="Steps" tabIndex={0}>
        {problem === undefined ? null : (
          <div className="stack" role="alert">
            <p>{problem.message}</p>
            <button type="button" className="btn" onClick={readAgain}>
              Try again
            </button>
          </div>
        )}
        {details === undefined ? (
          <p className="dim" role="status">
            {problem === undefined ? 'Reading the log' : ''}
          </p>
        ) : (
          <>
            <ol className="steps">
              {stepsOf(details, email).map((step) => (
                <StepView key={step.id} step={step} details={details} onSent={() => setSentOpen(true)} />
              ))}
            </ol>
            <Particulars details={details} />
          </>
        )}
      </section>
      {details === undefined ? null : (
        <footer>
          <button type="button" className="btn" onClick={() => downloadReceipt(details)}>
            Download receipt
          </button>
        </footer>
      )}
      {isSentOpen && details !== undefined ? (
        <SentView details={details} onClose={() => setSentOpen(false)} />
      ) : null}
    </Modal>
  )
}

interface StepProperties {
  readonly step: Step
  readonly details: ExchangeDetails
  readonly onSent: () => void
}

const StepView = ({ step, details, onSent }: StepProperties) => (
  <li className={step.id === 'left' ? 'gate' : step.isOpen === true ? 'now' : undefined}>
    {step.id === 'left' ? <Mark /> : null}
    <h3>
      {step.title} <time>{step.time}</time>
    </h3>
    {step.id === 'decided' ? (
      <>
        <ul className="reasons">
          {step.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Replaced replaced={details.replaced} />
      </>
    ) : (
      <p>
        {step.sentences.join(' ')}{' '}
        {step.class === undefined ? null : (
          <>
            <ClassChip of={step.class} isBare />.
          </>
        )}
      </p>
    )}
    {step.id === 'left' && details.sent !== null ? (
      <button type="button" className="link" onClick={onSent}>
        See exactly what was sent
      </button>
    ) : null}
  </li>
)

const Replaced = ({ replaced }: Pick<ExchangeDetails, 'replaced'>) =>
  replaced.length === 0 ? null : (
    <ul className="replaced" aria-label="Replaced values">
      {replaced.map(({ original, token }) => (
        <li key={token}>
          <span>{original}</span> <span aria-hidden="true">→</span> <span className="sr">was sent as</span>{' '}
          <span className="mask">{token}</span>
        </li>
      ))}
    </ul>
  )

const Particulars = ({ details }: { readonly details: ExchangeDetails }) => (
  <dl className="kv particulars">
    <dt>Receipt</dt>
    <dd className="mono">{details.receipt}</dd>
    <dt>Request</dt>
    <dd className="mono">{details.requestId}</dd>
    {details.rules.length === 0 ? null : (
      <>
        <dt>{details.rules.length === 1 ? 'Rule' : 'Rules'}</dt>
        <dd className="mono">{details.rules.join(', ')}</dd>
      </>
    )}
    {details.snapshot === null ? null : (
      <>
        <dt>Snapshot</dt>
        <dd className="mono">{details.snapshot}</dd>
      </>
    )}
    {details.content === 'kept' ? null : (
      <>
        <dt>Content</dt>
        <dd>not kept: the use case keeps nothing of what is entered and answered</dd>
      </>
    )}
    <dt>Log</dt>
    <dd className="mono">{details.proof.origin}</dd>
    {details.proof.checkpoint === null ? null : (
      <>
        <dt>Checkpoint</dt>
        <dd>
          <details>
            <summary>Signed note</summary>
            <pre>{details.proof.checkpoint}</pre>
          </details>
        </dd>
      </>
    )}
  </dl>
)
