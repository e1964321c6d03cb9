import type { ReactNode } from 'react'
import type { ExchangeDetails } from '#/gateway/api.ts'
import { Icon } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { differences, type Stretch } from './differences.ts'
import { messagesOf, roleNames, type SaidText } from './messages.ts'

/** Typed beside sent, every text of the request, with what was changed marked on both sides. */
export function SentView({
  details,
  onClose,
}: {
  readonly details: ExchangeDetails
  readonly onClose: () => void
}) {
  const typed = messagesOf(details.typed)
  const sent = messagesOf(details.sent)
  const length = Math.max(typed.length, sent.length)
  const rows = Array.from({ length }, (_, index) => ({ typed: typed[index], sent: sent[index] }))
  const reader = details.offering?.processor ?? 'The provider'
  return (
    <Modal className="sent" label="Exactly what was sent" onClose={onClose}>
      <header>
        <h2>Exactly what was sent</h2>
        <button type="button" className="btn quiet" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section className="in" aria-label="Typed and sent" tabIndex={0}>
        <div className="diff head">
          <h3>
            You typed <span className="faint">stays here</span>
          </h3>
          <h3>
            {reader} got <span className="faint">left</span>
          </h3>
        </div>
        {rows.reverse().map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one exchange never change
          <Row key={index} typed={row.typed} sent={row.sent} isNewest={index === 0} reader={reader} />
        ))}
        {details.answer === null ? null : (
          <section className="came" aria-label="What came back">
            <h3>What came back, before anything was put back</h3>
            <p className="said">{details.answer}</p>
          </section>
        )}
      </section>
    </Modal>
  )
}

interface RowProperties {
  readonly typed: SaidText | undefined
  readonly sent: SaidText | undefined
  readonly isNewest: boolean
  readonly reader: string
}

function Row({ typed, sent, isNewest, reader }: RowProperties) {
  const role = typed?.role ?? sent?.role ?? 'message'
  const name = Object.hasOwn(roleNames, role) ? roleNames[role] : role
  const stretches = differences(typed?.text ?? '', sent?.text ?? '')
  return (
    <section className="diff" aria-label={isNewest ? 'This message' : 'An earlier message, sent along'}>
      <div>
        <h4>{isNewest ? name : `${name}, sent along`}</h4>
        <p className="said">{stretches.map(typedPart)}</p>
      </div>
      <div>
        <h4 className="faint">
          <span className="stacked">{reader} got: </span>
          {stretches.some(({ kind }) => kind === 'changed') ? 'changed' : 'the same'}
        </h4>
        <p className="said">{stretches.map(sentPart)}</p>
      </div>
    </section>
  )
}

const typedPart = (stretch: Stretch, index: number): ReactNode => {
  if (stretch.kind === 'same') return stretch.text
  return stretch.typed === '' ? null : (
    <mark key={index} className="found">
      {stretch.typed}
    </mark>
  )
}

const sentPart = (stretch: Stretch, index: number): ReactNode => {
  if (stretch.kind === 'same') return stretch.text
  return (
    <span key={index} className={stretch.sent === '' ? 'mask gone' : 'mask'}>
      {stretch.sent === '' ? 'removed' : stretch.sent}
    </span>
  )
}
