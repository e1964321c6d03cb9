/** For the worker of the page, in place of `src/inspect/detectors/other`: they are looked for together with names alone. */
export const publicDetectors = []
