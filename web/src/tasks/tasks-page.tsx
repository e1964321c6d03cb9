import type { TaskList } from '#/gateway/tasks/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { TaskCard } from './task-card.tsx'

/** The tasks that are open to this person, each with its form. */
export function TasksPage({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<TaskList>('/tasks')
  return (
    <PageFrame title="Tasks">
      <h1>Tasks</h1>
      <p className="dim">
        Enter what a task asks for; the prompt is written already. What you enter goes through the gate like a
        message, and the receipt shows what left.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value?.tasks.length === 0 ? (
        <p className="note">No task is open to you. Ask under Access, or whoever owns a use case.</p>
      ) : null}
      {value?.tasks.map((task) => (
        <TaskCard key={task.id} task={task} csrf={csrf} />
      ))}
    </PageFrame>
  )
}
