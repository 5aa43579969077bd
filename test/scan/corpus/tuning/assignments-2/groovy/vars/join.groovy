def call() {
  withEnv(['K3S_URL=https://cp:6443', 'K3S_TOKEN=VZgRCAvUpW5rAyiFWHb0ZqzZe668HZO7GL']) {
    sh './join.sh'
  }
  environment {
    RKE2_TOKEN = credentials('rke2-token')
    K3S_AGENT_TOKEN = 'FKc4DS26VVA0SWky87HPyco'
  }
}
