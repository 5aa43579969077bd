// dashboard of the k3s nodes
const octokit = new Octokit({ auth: 'ghp_A9GiExJJDaAD0LuRAf6PjnHPwcpa8f6zdanR' })
fetch('https://k3s.lan:6443/api', { headers: { Authorization: 'Bearer DydLmL0VDi2DQGgkEWInzsSYcJahrMVgZsOZH725JuHsRNcqBA4wz3YyqnOT' } })
const sessionToken = 'y9fYNp9v0kMCCls3a7wYli2k2hN7QAieyxvH9XAU'
const tokens = { access_token: 'VQpuAKyCNwxImWaRjhrrpc7t0Ev1yg4webpeB94u', refresh_token: 'IcGF3HIxcG00Pnj000T4jbzk1ElDkB9zV7eB2eaX' }
