/**
 * Whether a name matches a pattern in which `*` stands for any characters and `?` for one. At a mismatch only the last `*`
 * takes one character more, so that the time is at most the product of both lengths; a regular expression made of the
 * pattern would try every division among all stars.
 */
export function matchesGlob(name: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0]
  let [starAt, star] = [0, -1]
  while (at < name.length) {
    const wanted = pattern[inPattern]
    if (wanted === '*') {
      star = inPattern++
      starAt = at
    } else if (wanted === '?' || wanted === name[at]) {
      at++
      inPattern++
    } else if (star !== -1) {
      inPattern = star + 1
      at = ++starAt
    } else {
      return false
    }
  }
  while (pattern[inPattern] === '*') inPattern++
  return inPattern === pattern.length
}
