/** White space of Go's `unicode.IsSpace`. JavaScript's `trim` differs: it takes U+FEFF as well, and leaves U+0085. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** What K3s has of a token that it reads from a file: Go's `strings.TrimSpace` (pkg/util/file.go). */
export function trimAsK3s(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && SPACE.test(text[start]!)) start++
  while (end > start && SPACE.test(text[end - 1]!)) end--
  return text.slice(start, end)
}
