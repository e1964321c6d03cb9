import type { DeviceView } from '#/identity/devices/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { momentOf } from './account-words.ts'
import { useEnd } from './use-end.ts'

/** Tools that work in somebody's name, and how to end one. */
export function Tools({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<{ readonly devices: readonly DeviceView[] }>('/api/devices')
  const { problem: failed, end } = useEnd(csrf, again)
  return (
    <section className="stack" aria-label="Tools">
      <h2>Tools</h2>
      <ProblemNote problem={failed ?? problem} onAgain={again} />
      {value === undefined ? null : value.devices.length === 0 ? (
        <p className="note">
          No tool is signed in as you. <code>sallyport login</code> signs one in; it shows a code for{' '}
          <a href="/device">this page</a>.
        </p>
      ) : (
        <div className="sheet-box scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Tool, as it calls itself</th>
                <th scope="col">Started from</th>
                <th scope="col">Signed in</th>
                <th scope="col">Last used</th>
                <th scope="col">Until</th>
                <th scope="col">
                  <span className="sr">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {value.devices.map(({ id, tool, machine, address, signedInAt, seenAt, endsAt }) => (
                <tr key={id}>
                  <td>
                    {tool}
                    {machine === null ? null : <span className="faint small"> on {machine}</span>}
                  </td>
                  <td className="mono small">{address}</td>
                  <td>{momentOf(signedInAt)}</td>
                  <td>{momentOf(seenAt)}</td>
                  <td>{endsAt.slice(0, 10)}</td>
                  <td>
                    <button type="button" className="btn" onClick={() => end(`/api/devices/${id}`)}>
                      End
                      <span className="sr"> {tool}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
