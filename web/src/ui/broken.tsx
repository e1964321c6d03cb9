import { Component, type ReactNode } from 'react'

interface Properties {
  readonly children: ReactNode
}

/** A defect of the page is said, with a way on, instead of leaving an empty window. */
export class Broken extends Component<Properties, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false }

  static getDerivedStateFromError = () => ({ isBroken: true })

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return (
      <main className="door">
        <div role="alert" className="stack">
          <h1>This page has a defect</h1>
          <p>
            It stopped here. What you sent is in the log, and nothing is sent by itself. The browser's console
            says what broke.
          </p>
          <button type="button" className="btn primary" onClick={() => window.location.reload()}>
            Load the page again
          </button>
        </div>
      </main>
    )
  }
}
