// For what runs the sources without a build: the tests, and `npm run fuzz`.
import { writeValidator } from './validator.js'

writeValidator()
