// Jest calls this before the first test: a fresh clone lacks the file that the sources import and nobody wrote by hand.
const { execFileSync } = require('node:child_process')
const { join } = require('node:path')

module.exports = () => {
  execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'make-validator.ts')], {
    cwd: join(__dirname, '../..'),
    stdio: 'inherit',
  })
}
