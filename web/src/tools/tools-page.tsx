import type { ToolsPage as Page, Standing, UnexplainedVendor } from '#/register/vendors/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { sections, toolsTitle, whoWords } from './words.ts'

/** What may be used, what is tolerated until when, what may not, and what to use instead. */
export function ToolsPage() {
  const { value, problem, again } = useAsked<Page>('/api/tools')
  return (
    <PageFrame title={toolsTitle}>
      <h1>{toolsTitle}</h1>
      <p className="dim">
        Which tools of others you may use beside this chat. What is not listed was not looked at: ask first.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : (
        <>
          {value.tools.length === 0 ? <p className="note">No tool was looked at yet.</p> : null}
          {sections.map(({ standing, title }) => (
            <Section key={standing} standing={standing} title={title} tools={value.tools} />
          ))}
          <Unexplained vendors={value.unexplained} />
          <p className="small faint mono">Version {value.version}</p>
        </>
      )}
    </PageFrame>
  )
}

interface SectionProperties extends Pick<Page, 'tools'> {
  readonly standing: Standing
  readonly title: string
}

function Section({ standing, title, tools }: SectionProperties) {
  const found = tools.filter((each) => each.standing === standing)
  if (found.length === 0) return null
  return (
    <section className="sheet-box scroll" aria-label={title}>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Tool</th>
            {/* What to do stands where a telephone shows it without scrolling. */}
            <th scope="col">{standing === 'sanctioned' ? 'For whom' : 'Use instead'}</th>
            <th scope="col">Why</th>
            <th scope="col">Ask</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          {found.map((tool) => (
            <tr key={tool.id}>
              <td>
                {tool.title}
                <div className="small faint">{tool.form}</div>
              </td>
              <td>
                {standing === 'sanctioned' ? whoWords(tool) : (tool.instead ?? '')}
                {standing === 'tolerated' && tool.roles !== null ? (
                  <div className="small faint">{whoWords(tool)}</div>
                ) : null}
              </td>
              <td>
                {tool.until === null ? null : <strong>Until {tool.until}. </strong>}
                {tool.why}
              </td>
              <td>{tool.owner}</td>
              <td className="mono small">{tool.domains.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Unexplained({ vendors }: { readonly vendors: readonly UnexplainedVendor[] }) {
  const blocked = vendors.filter(({ isTolerated }) => !isTolerated)
  if (blocked.length === 0) return null
  return (
    <section className="sheet-box scroll" aria-label="Vendors that are not explained">
      <h2>Vendors that are not explained</h2>
      <ul>
        {blocked.map(({ id, title, domains, why }) => (
          <li key={id}>
            {title} (<span className="mono small">{domains.join(', ')}</span>): {why}
          </li>
        ))}
      </ul>
    </section>
  )
}
