/** `GET /api/devices`: a tool that is signed in as whoever asks. */
export interface DeviceView {
  readonly id: string
  /** What the tool calls itself: `Claude Code`. */
  readonly tool: string
  /** What it says its machine is called. */
  readonly machine: string | null
  /** Where it was started from. */
  readonly address: string
  readonly signedInAt: string
  readonly seenAt: string
  /** Until then it works without a new approval. */
  readonly endsAt: string
}
