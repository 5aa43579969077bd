// The one rule of package.json's `engines`, the launcher and src/build/setup.sh, as code. `process.getBuiltinModule` came with
// 22.3 and was never brought to 21; the packages that are bundled ask for 20.19 in the line of 20.

/** The versions that are supported, for a message. */
export const SUPPORTED_NODE = 'Node.js 20.19, or 22.3 or newer,'

/** @param version such as `22.21.0` */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 3) || major > 22
}
