const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/

export const isLoopbackHost = (host: string): boolean => loopbackHosts.test(host)

export const isLoopbackHttp = (url: string): boolean => {
  const read = URL.parse(url)
  return read !== null && read.protocol === 'http:' && isLoopbackHost(read.hostname)
}
