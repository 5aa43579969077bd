const LONGEST = 120

/** Whether a key may be repeated: a slip can make a token one, and what looks like that is not shown. */
export function isShowable(key: string): boolean {
  return key.length <= LONGEST && !/K10|[A-Za-z0-9]{32}/.test(key)
}
