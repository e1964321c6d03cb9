const paths = {
  plus: 'M8 3v10M3 8h10',
  send: 'M8 13V3M3.500 7.500 8 3l4.500 4.500',
  stop: 'M4.500 4.500h7v7h-7z',
  menu: 'M2.500 4.500h11M2.500 8h11M2.500 11.500h7',
  close: 'm4 4 8 8M12 4l-8 8',
  down: 'm4.500 6.500 3.500 3.500 3.500-3.500',
} as const

export const Icon = ({ name }: { readonly name: keyof typeof paths }) => (
  <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} fill={name === 'stop' ? 'currentColor' : undefined} />
  </svg>
)

/** The mark: an arch, a way out and a way back. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M2 15v-4h7a1 1 0 0 0 0-2H2V7a6 6 0 0 1 11.2-3H7a1 1 0 0 0 0 2h6.92q.08.5.08 1v8Z" />
  </svg>
)

export const RefusedGlyph = () => (
  <svg viewBox="0 0 14 14" aria-hidden="true">
    <path
      d="M4.4 1h5.2L13 4.4v5.2L9.6 13H4.4L1 9.600V4.400Z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    />
    <path d="M4 7h6" stroke="currentColor" strokeWidth="1.8" />
  </svg>
)

export const UnknownGlyph = () => (
  <svg viewBox="0 0 14 14" aria-hidden="true">
    <circle
      cx="7"
      cy="7"
      r="5.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeDasharray="2.4 1.8"
    />
    <path d="M7 4v4M7 9.900v.1" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
  </svg>
)
