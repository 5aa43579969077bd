/** The word that most resembles `text`; undefined where none is within a third of its length, or two slips. */
export function nearestWord(text: string, words: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(text.length / 3))
  const [best] = words
    .map((word) => ({ word, distance: editDistance(text.slice(0, 64), word) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
  return best?.word
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
